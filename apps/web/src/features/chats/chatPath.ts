/** The address of a conversation; a room's id is readable in it. */
export const chatPath = (roomId: string): string =>
  `/chats/${encodeURIComponent(roomId).replace('%21', '!').replace('%3A', ':')}`;

/** The room's id in an address, which may have been written with its signs escaped. */
export function roomIdIn(part: string | undefined): string | undefined {
  try {
    return part && decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The address of a space's page. */
export const spacePath = (spaceId: string): string => chatPath(spaceId).replace('/chats/', '/chats/spaces/');

/** The address of what there is to know about a conversation. */
export const aboutPath = (roomId: string): string => `${chatPath(roomId)}/about`;

/** The address of the search in a conversation. */
export const searchPath = (roomId: string): string => `${chatPath(roomId)}/search`;

/** The address of the list of a conversation's threads. */
export const threadsPath = (roomId: string): string => `${chatPath(roomId)}/threads`;

/** The address of the list of what is pinned in a conversation. */
export const pinnedPath = (roomId: string): string => `${chatPath(roomId)}/pinned`;

/** The address of a thread, which is named after the event with which it begins; and of an answer in it. */
export const threadPath = (roomId: string, threadId: string, eventId?: string): string =>
  [`${chatPath(roomId)}/thread`, threadId, ...(eventId === undefined ? [] : [eventId])]
    .map((part, index) => (index === 0 ? part : eventPart(part)))
    .join('/');

const eventPart = (eventId: string): string => encodeURIComponent(eventId).replace('%24', '$');

/** The address of a message in its conversation. */
export const messagePath = (roomId: string, eventId: string): string => `${chatPath(roomId)}/${eventPart(eventId)}`;

/** The id of an event in an address, which begins with a `$` as no other section does. */
export const eventIdIn = (section: string | undefined): string | undefined => {
  const decoded = roomIdIn(section);
  return decoded?.startsWith('$') === true ? decoded : undefined;
};
