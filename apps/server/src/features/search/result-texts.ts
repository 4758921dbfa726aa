import type { EventId, JsonObject, RoomId } from '@byline/protocol';
import type { RoomEventsWanted } from '@byline/protocol/matrix/search.ts';
import { tokenOf } from '@byline/protocol/matrix/token.ts';
import type { Session } from '../../platform/http/session.ts';
import type { EventEntry } from '../../platform/log/entry.ts';
import { clientJsonFor } from '../graph/service.ts';
import type { FoundEvent, FoundRoom } from './finder.ts';

/** What relates to events, as JSON by event. */
export interface ResultBundles {
  of(
    reader: { readonly userId: Session['userId']; readonly visibility: () => Promise<FoundRoom['visibility']> },
    entries: readonly EventEntry[],
  ): Promise<ReadonlyMap<EventId, string>>;
}

type ContextWanted = NonNullable<RoomEventsWanted['event_context']>;

/** Writes what was found as JSON, for one device. */
export class ResultTexts {
  readonly #session: Session;
  readonly #bundles: ResultBundles;

  constructor(session: Session, bundles: ResultBundles) {
    this.#session = session;
    this.#bundles = bundles;
  }

  /** The results in their order. */
  async of(events: readonly FoundEvent[], context: ContextWanted | undefined): Promise<readonly string[]> {
    const bundles = await this.#bundlesOf(events);
    return Promise.all(
      events.map(async ({ entry, rank, room }) => {
        const around = context === undefined ? '' : `,"context":${await this.#contextText(entry, room, context)}`;
        return `{"rank":${rank},"result":${this.#textOf(entry, room, bundles)}${around}}`;
      }),
    );
  }

  async #bundlesOf(events: readonly FoundEvent[]): Promise<ReadonlyMap<EventId, string>> {
    const bundles = new Map<EventId, string>();
    for (const [room, some] of Map.groupBy(events, (event) => event.room)) {
      const reader = { userId: this.#session.userId, visibility: async () => room.visibility };
      const ofRoom = await this.#bundles.of(
        reader,
        some.map(({ entry }) => entry),
      );
      for (const [eventId, text] of ofRoom) bundles.set(eventId, text);
    }
    return bundles;
  }

  async #contextText(entry: EventEntry, room: FoundRoom, wanted: ContextWanted): Promise<string> {
    const { graph, upTo } = room.reading;
    const isReadable = ({ position }: EventEntry): boolean => room.visibility.allows(position);
    const { roomId, position } = entry;
    const [before, after] = await Promise.all([
      graph.page(roomId, { after: 0, upTo: position - 1 }, 'newest', wanted.before_limit),
      graph.page(roomId, { after: position, upTo }, 'oldest', wanted.after_limit),
    ]);
    const [readBefore, readAfter] = [before.filter(isReadable).toReversed(), after.filter(isReadable)];
    const profiles = wanted.include_profile ? await profilesOf([entry, ...readBefore, ...readAfter], room) : undefined;
    const members = [
      `"start":${JSON.stringify(tokenOf((before[0]?.position ?? position) - 1))}`,
      `"end":${JSON.stringify(tokenOf(after.at(-1)?.position ?? position))}`,
      `"events_before":[${readBefore.map((one) => this.#textOf(one, room)).join(',')}]`,
      `"events_after":[${readAfter.map((one) => this.#textOf(one, room)).join(',')}]`,
      ...(profiles === undefined ? [] : [`"profile_info":${JSON.stringify(profiles)}`]),
    ];
    return `{${members.join(',')}}`;
  }

  #textOf(entry: EventEntry, { visibility }: FoundRoom, bundles?: ReadonlyMap<EventId, string>): string {
    const membership = visibility.membershipAt(entry.position);
    return clientJsonFor(entry, this.#session, membership, bundles?.get(entry.eventId));
  }
}

/** What the senders called themselves when they sent the last of the events. */
const profilesOf = async (entries: readonly EventEntry[], { reading }: FoundRoom): Promise<JsonObject> => {
  const profiles: Record<string, JsonObject> = {};
  for (const { roomId, position, pdu } of entries) {
    const member = await reading.graph.stateEntryAt(roomId, 'm.room.member', pdu.sender, position);
    const { displayname, avatar_url: avatarUrl } = member?.pdu.content ?? {};
    profiles[pdu.sender] = {
      ...(typeof displayname === 'string' ? { displayname } : {}),
      ...(typeof avatarUrl === 'string' ? { avatar_url: avatarUrl } : {}),
    };
  }
  return profiles;
};

/** The events that were found by what a client wants them grouped by. */
export const groupsOf = (
  events: readonly FoundEvent[],
  keys: readonly ('room_id' | 'sender')[],
): Record<string, Record<string, { order: number; results: EventId[] }>> => {
  const valueOf = {
    room_id: ({ entry }: FoundEvent): RoomId | string => entry.roomId,
    sender: ({ entry }: FoundEvent) => entry.pdu.sender,
  };
  return Object.fromEntries(
    [...new Set(keys)].map((key) => {
      const groups = [...Map.groupBy(events, valueOf[key])].map(([value, some], order) => [
        value,
        { order: order + 1, results: some.map(({ entry }) => entry.eventId) },
      ]);
      return [key, Object.fromEntries(groups)];
    }),
  );
};
