import type { Person, Reply } from '@byline/testkit/person.ts';
import { roomPath, type SyncedEvent } from './syncing.ts';

/** Events that relate to others, as clients send and read them. */

export interface RelatedEvent extends SyncedEvent {
  readonly room_id: string;
  readonly unsigned?: { readonly 'm.relations'?: Bundle } & Readonly<Record<string, unknown>>;
}

export interface Bundle {
  readonly 'm.replace'?: RelatedEvent;
  readonly 'm.thread'?: {
    readonly latest_event: RelatedEvent;
    readonly count: number;
    readonly current_user_participated: boolean;
  };
  readonly 'm.reference'?: { readonly chunk: readonly { readonly event_id: string }[] };
}

export interface RelatedPage {
  readonly chunk: readonly RelatedEvent[];
  readonly next_batch?: string;
  readonly prev_batch?: string;
  readonly recursion_depth?: number;
}

let sent = 0;

/** Sends an event of any type; the reply. */
export const trySend = (
  person: Person,
  roomId: string,
  type: string,
  content: object,
): Promise<Reply<{ event_id: string }>> => {
  sent += 1;
  return person.put(roomPath(roomId, `/send/${type}/related${sent}`), content);
};

/** The same; the event id, or an error. */
export const send = async (person: Person, roomId: string, type: string, content: object): Promise<string> => {
  const { status, body } = await trySend(person, roomId, type, content);
  if (status !== 200) throw new Error(`An event was refused: ${JSON.stringify(body)}`);
  return body.event_id;
};

export const text = (body: string, more: object = {}): object => ({ msgtype: 'm.text', body, ...more });

export const relatesTo = (relType: string, eventId: string, more: object = {}): object => ({
  'm.relates_to': { rel_type: relType, event_id: eventId, ...more },
});

export const reaction = (eventId: string, key = '👍'): object => relatesTo('m.annotation', eventId, { key });

export const react = (person: Person, roomId: string, eventId: string, key?: string): Promise<string> =>
  send(person, roomId, 'm.reaction', reaction(eventId, key));

export const edit = (person: Person, roomId: string, eventId: string, body: string, more: object = {}) =>
  send(person, roomId, 'm.room.message', {
    ...text(`* ${body}`),
    'm.new_content': text(body),
    ...relatesTo('m.replace', eventId),
    ...more,
  });

export const answerInThread = (person: Person, roomId: string, rootId: string, body: string, more: object = {}) =>
  send(person, roomId, 'm.room.message', text(body, { ...relatesTo('m.thread', rootId), ...more }));

/** `GET /relations/EVENT` and the rest. */
export const related = (person: Person, roomId: string, eventId: string, rest = ''): Promise<Reply<RelatedPage>> => {
  const path = `/_matrix/client/v1/rooms/${encodeURIComponent(roomId)}/relations/${encodeURIComponent(eventId)}${rest}`;
  return person.get<RelatedPage>(path);
};

export const idsOf = (page: { readonly chunk: readonly RelatedEvent[] }): string[] =>
  page.chunk.map((event) => event.event_id);

/** What an event is told with, read by itself. */
export const bundleOf = async (person: Person, roomId: string, eventId: string): Promise<Bundle | undefined> => {
  const path = roomPath(roomId, `/event/${encodeURIComponent(eventId)}`);
  return (await person.expectOk.get<RelatedEvent>(path)).unsigned?.['m.relations'];
};

export const ignore = (person: Person, ...others: readonly Person[]): Promise<unknown> =>
  person.expectOk.put(`/_matrix/client/v3/user/${person.userId}/account_data/m.ignored_user_list`, {
    ignored_users: Object.fromEntries(others.map(({ userId }) => [userId, {}])),
  });
