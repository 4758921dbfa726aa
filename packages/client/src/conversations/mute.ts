import { type MatrixClient, PushRuleActionName, PushRuleKind } from 'matrix-js-sdk';

/** Whether a room's own push rule keeps it quiet (specification: "Push Rules"; no action means no notification). */
export function isMuted(client: MatrixClient, roomId: string): boolean {
  const rule = client.getRoomPushRule('global', roomId);
  return rule !== undefined && rule.enabled && !rule.actions.includes(PushRuleActionName.Notify);
}

/** Keeps a room quiet, or lets it be heard again, on all of the person's devices. */
export async function setMuted(client: MatrixClient, roomId: string, muted: boolean): Promise<void> {
  if (muted === isMuted(client, roomId)) return;
  if (muted) await client.addPushRule('global', PushRuleKind.RoomSpecific, roomId, { actions: [] });
  else await client.deletePushRule('global', PushRuleKind.RoomSpecific, roomId);
}
