import type { RoomId, UserId } from '@byline/protocol';
import { type RoomEventsWanted, type SearchToken, searchTokenOf } from '@byline/protocol/matrix/search.ts';
import type { Engine } from '../../platform/engine/engine.ts';
import type { Session } from '../../platform/http/session.ts';
import type { Log } from '../../platform/log/log.ts';
import type { RoomGraph } from '../graph/service.ts';
import type { Relations } from '../relations/service.ts';
import type { Rooms } from '../rooms/service.ts';
import { Finder, type FoundEvent } from './finder.ts';
import { SearchIndexer } from './indexer.ts';
import { groupsOf, ResultTexts } from './result-texts.ts';
import { SearchStore } from './store.ts';

export interface SearchParts {
  readonly engine: Engine;
  readonly log: Log;
  readonly conversations: RoomGraph;
  readonly accountRooms: RoomGraph;
  readonly relations: Relations;
  readonly rooms: Pick<Rooms, 'access' | 'states'>;
  /** The conversations that a user is or was in, and the accounts that they follow. */
  readonly roomsOf: (userId: UserId) => Promise<readonly RoomId[]>;
  readonly ignored: { ignoredBy(userId: UserId): Promise<ReadonlySet<UserId>> };
  readonly onFailure: (error: unknown) => void;
}

/** Search in what was said (specification, client-server API: "Server Side Search"). */
export class Search {
  readonly #finder: Finder;
  readonly #indexer: SearchIndexer;
  readonly #bundles: Relations['bundles'];
  readonly #states: Rooms['states'];

  constructor(parts: SearchParts) {
    const store = new SearchStore(parts.engine);
    this.#indexer = new SearchIndexer({ ...parts, store });
    this.#finder = new Finder({ ...parts, store, indexer: this.#indexer });
    this.#bundles = parts.relations.bundles;
    this.#states = parts.rooms.states;
  }

  /** The `room_events` that were found, as JSON. */
  async roomEvents(session: Session, wanted: RoomEventsWanted, token: SearchToken | undefined): Promise<string> {
    const { events, count, highlights, next } = await this.#finder.find(session.userId, wanted, token);
    const results = await new ResultTexts(session, this.#bundles).of(events, wanted.event_context);
    const groupBy = wanted.groupings?.group_by.map(({ key }) => key) ?? [];
    const members = [
      `"count":${count}`,
      `"highlights":${JSON.stringify(highlights)}`,
      `"results":[${results.join(',')}]`,
      ...(wanted.include_state ? [`"state":${await this.#stateText(session, events)}`] : []),
      ...(groupBy.length === 0 ? [] : [`"groups":${JSON.stringify(groupsOf(events, groupBy))}`]),
      ...(next === undefined ? [] : [`"next_batch":${JSON.stringify(searchTokenOf(next))}`]),
    ];
    return `{${members.join(',')}}`;
  }

  stop(): Promise<void> {
    return this.#indexer.stop();
  }

  async #stateText(session: Session, events: readonly FoundEvent[]): Promise<string> {
    const roomIds = [...new Set(events.map(({ entry }) => entry.roomId))];
    const states = roomIds.map(async (roomId) => {
      const state = await this.#states.all(session, roomId);
      return `${JSON.stringify(roomId)}:[${state.join(',')}]`;
    });
    return `{${(await Promise.all(states)).join(',')}}`;
  }
}
