import type { RoomId, UserId } from '@byline/protocol';
import type { ReceiptEntry } from '../../platform/log/entry.ts';

/** The `m.receipt` event of a room (specification, client-server API: "Receipts"). */
export const receiptText = (receipts: readonly ReceiptEntry[]): string | undefined => {
  if (receipts.length === 0) return undefined;
  const content: Record<string, Record<string, Record<string, { ts: number; thread_id?: string }>>> = {};
  for (const { userId, receipt } of receipts) {
    const ofEvent = (content[receipt.eventId] ??= {});
    const ofType = (ofEvent[receipt.type] ??= {});
    ofType[userId] = { ts: receipt.at, ...(receipt.threadId === null ? {} : { thread_id: receipt.threadId }) };
  }
  return JSON.stringify({ type: 'm.receipt', content });
};

/** The `m.typing` event of a room. */
export const typingText = (userIds: readonly UserId[]): string =>
  JSON.stringify({ type: 'm.typing', content: { user_ids: userIds } });

/** Who types in which room, where a device has to be told. */
export type Typing = ReadonlyMap<RoomId, readonly UserId[]>;
