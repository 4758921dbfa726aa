import type { Person, Reply } from '@byline/testkit/person.ts';
import { roomPath, type SyncedEvent } from './syncing.ts';

/** `/_matrix/client/v3` and the rest. */
export const client = (rest: string): string => `/_matrix/client/v3${rest}`;

interface ReadEvent extends SyncedEvent {
  readonly room_id: string;
}

/** A page of `/messages`. */
interface Page {
  readonly start: string;
  readonly end?: string;
  readonly chunk: readonly ReadEvent[];
  readonly state?: readonly ReadEvent[];
}

export const messages = (person: Person, roomId: string, query = 'dir=b&limit=100'): Promise<Page> =>
  person.expectOk.get<Page>(roomPath(roomId, `/messages?${query}`));

export const eventOf = (person: Person, roomId: string, eventId: string): Promise<Reply<ReadEvent>> =>
  person.get<ReadEvent>(roomPath(roomId, `/event/${encodeURIComponent(eventId)}`));

export const stateOf = (person: Person, roomId: string): Promise<readonly ReadEvent[]> =>
  person.expectOk.get(roomPath(roomId, '/state'));

export const readState = (person: Person, roomId: string, type: string, stateKey = ''): Promise<Reply> =>
  person.get(roomPath(roomId, `/state/${type}/${encodeURIComponent(stateKey)}`));

export const setState = (
  person: Person,
  roomId: string,
  type: string,
  content: object,
  stateKey = '',
): Promise<Reply<{ event_id: string }>> =>
  person.put<{ event_id: string }>(roomPath(roomId, `/state/${type}/${encodeURIComponent(stateKey)}`), content);

let redactions = 0;

export const redact = (person: Person, roomId: string, eventId: string, reason?: string): Promise<Reply> => {
  redactions += 1;
  const path = roomPath(roomId, `/redact/${encodeURIComponent(eventId)}/redaction${redactions}`);
  return person.put(path, reason === undefined ? {} : { reason });
};

/** What somebody is in a room, as somebody else reads it. */
export const membershipOf = async (reader: Person, roomId: string, of: Person): Promise<unknown> =>
  (await readState(reader, roomId, 'm.room.member', of.userId)).body['membership'];

/** Acts on somebody in a room: `invite`, `kick`, `ban`, `unban`. */
export const act = (person: Person, roomId: string, verb: string, on: Person, reason?: string): Promise<Reply> =>
  person.post(roomPath(roomId, `/${verb}`), { user_id: on.userId, reason });

export const refusal = (status: number, errcode: string) => ({ status, body: { errcode } });
