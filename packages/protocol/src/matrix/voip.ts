import { clientPaths, operation } from '../operation.ts';

/** The answer is empty, which clients read as: there is no TURN server. */
export const turnServer = operation({
  method: 'GET',
  paths: clientPaths('/voip/turnServer'),
  auth: 'required',
  limit: 'read',
  summary: 'Ask for a server that relays calls; there is none',
});
