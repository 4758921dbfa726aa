import { sendToDevice } from '@byline/protocol/matrix/to-device.ts';
import type { Edge } from '../../platform/http/edge.ts';
import type { ToDevice } from './service.ts';

export const serveToDevice = (edge: Edge, toDevice: ToDevice): void => {
  edge.serve(sendToDevice, async ({ caller, params, body }) => {
    await toDevice.send(caller, params.eventType, params.txnId, body.messages);
    return {};
  });
};
