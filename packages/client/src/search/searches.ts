import type { MatrixClient, Room } from 'matrix-js-sdk';
import { isConversation } from '../conversations/summary.ts';
import { says } from './found.ts';
import { foundOf, HistoryPages, wordsIn } from './history.ts';
import { isAnswer } from '../threads/unread.ts';
import { MessageSearch } from './message-search.ts';
import { LoadedPages, ServerPages } from './server.ts';

/** A search in one conversation, all the way back. */
export const searchOne = (client: MatrixClient, room: Room): MessageSearch =>
  new MessageSearch((words) => [
    room.hasEncryptionStateEvent()
      ? new HistoryPages(client, room, words)
      : new ServerPages(client, [room.roomId], words),
  ]);

/** A search in all conversations: of what is encrypted as much as this device has at hand, of what is not all of it. */
export const searchAll = (client: MatrixClient): MessageSearch =>
  new MessageSearch((words) => {
    const rooms = client.getRooms().filter((room) => isConversation(room) && room.getMyMembership() === 'join');
    const encrypted = rooms.filter((room) => room.hasEncryptionStateEvent());
    const open = rooms.filter((room) => !room.hasEncryptionStateEvent()).map(({ roomId }) => roomId);
    const atHand = new LoadedPages(() => encrypted.flatMap((room) => foundAtHand(client, room, words)));
    return open.length === 0 ? [atHand] : [atHand, new ServerPages(client, open, words)];
  });

const foundAtHand = (client: MatrixClient, room: Room, words: string) =>
  [
    ...room.getLiveTimeline().getEvents(),
    ...room.getThreads().flatMap(({ events }) => events.filter(isAnswer)),
  ].flatMap((event) => {
    const text = wordsIn(event);
    return text !== undefined && says(text, words) ? [foundOf(client, room, event, text)] : [];
  });
