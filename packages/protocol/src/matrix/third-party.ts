import { clientPaths, operation } from '../operation.ts';

/** The answer is empty: there are no bridges to other networks. */
export const thirdPartyProtocols = operation({
  method: 'GET',
  paths: clientPaths('/thirdparty/protocols'),
  auth: 'required',
  limit: 'read',
  summary: 'List the other networks that can be reached; there are none',
});
