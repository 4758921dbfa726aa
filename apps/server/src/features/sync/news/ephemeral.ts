import { passes, passesRoom } from '@byline/core/event/filter.ts';
import type { RoomId, UserId } from '@byline/protocol';
import type { ReceiptEntry } from '../../../platform/log/entry.ts';
import type { SyncContext } from '../context.ts';

/** Who types in which room, where a device has to be told. */
export type Typing = ReadonlyMap<RoomId, readonly UserId[]>;

/** What passes in a room and is not kept: receipts and who types, as far as the device wants to hear of them. */
export const ephemeralTexts = (
  roomId: RoomId,
  news: { readonly receipts: readonly ReceiptEntry[]; readonly typing: readonly string[] | undefined },
  { filter }: SyncContext,
): string[] => {
  const texts: string[] = [];
  const ofRooms = filter.room?.ephemeral;
  if (news.receipts.length > 0 && passes(ofRooms, RECEIPTS) && passesRoom(ofRooms, roomId)) {
    texts.push(...receiptTexts(news.receipts));
  }
  if (news.typing !== undefined && passesRoom(ofRooms, roomId)) texts.push(typingText(news.typing));
  return texts;
};

const RECEIPTS = { type: 'm.receipt', content: {} };

/**
 * The `m.receipt` events of a room (specification, client-server API: "Receipts"): one, unless somebody has several receipts
 * of one type at one event, of different threads, for which one has no place.
 */
export const receiptTexts = (receipts: readonly ReceiptEntry[]): string[] => {
  const contents: ReceiptContent[] = [];
  for (const { userId, receipt } of receipts) {
    const free = contents.find((content) => content[receipt.eventId]?.[receipt.type]?.[userId] === undefined);
    const content = free ?? {};
    if (free === undefined) contents.push(content);
    const ofEvent = (content[receipt.eventId] ??= {});
    const ofType = (ofEvent[receipt.type] ??= {});
    ofType[userId] = { ts: receipt.at, ...(receipt.threadId === null ? {} : { thread_id: receipt.threadId }) };
  }
  return contents.map((content) => JSON.stringify({ type: 'm.receipt', content }));
};

/** By event, type and user. */
type ReceiptContent = Record<string, Record<string, Record<string, { ts: number; thread_id?: string }>>>;

/** The `m.typing` event of a room. */
export const typingText = (userIds: readonly string[]): string =>
  JSON.stringify({ type: 'm.typing', content: { user_ids: userIds } });
