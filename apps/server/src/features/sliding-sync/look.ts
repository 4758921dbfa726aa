import type { RoomConfig } from '@byline/core/sliding-sync/required-state.ts';
import type { RoomId } from '@byline/protocol';
import type { Position } from '../../platform/log/entry.ts';
import type { UserView } from '../sync/service.ts';
import type { ExtensionResults, RoomResult } from './answer.ts';
import type { Connection, Known, RoomSent } from './connections/connection.ts';
import type { News } from './news.ts';
import type { SlidingRequest } from './request.ts';
import type { RuleSet, Rules } from './lists/rules.ts';

/** What a client wants, from where it stands on its connection. */
export interface Wanted {
  readonly request: SlidingRequest;
  readonly connection: Connection;
  readonly rules: Rules;
  readonly subscriptions: ReadonlyMap<string, RoomConfig>;
  /** What it knows by the answers that it has. */
  readonly known: Known;
  /** What the last look has found. */
  found: Found | undefined;
}

/** What a look has found: what would be told, and what the client would know then. */
export interface Found {
  readonly known: Known;
  readonly changed: ReadonlyMap<RoomId, RoomSent>;
  readonly rooms: ReadonlyMap<RoomId, RoomResult>;
  readonly extensions: ExtensionResults;
}

/**
 * One look for what is new to a client: what is shown to it now, what it is told, and what it will know then. Nothing of
 * the connection is changed by it, so that it can be done again.
 */
export class Looking {
  readonly wanted: Wanted;
  readonly view: UserView;
  readonly upTo: Position;
  readonly news: News;
  /** The rooms that are shown, by which rules. */
  readonly shown: ReadonlyMap<RoomId, RuleSet>;
  readonly results = new Map<RoomId, RoomResult>();
  /** The rooms that are shown and of which not all is told that comes besides. */
  readonly unsettled: RoomId[] = [];
  readonly #sent = new Map<RoomId, RoomSent>();

  constructor(parts: {
    readonly wanted: Wanted;
    readonly view: UserView;
    readonly upTo: Position;
    readonly news: News;
    readonly shown: ReadonlyMap<RoomId, RuleSet>;
  }) {
    this.wanted = parts.wanted;
    this.view = parts.view;
    this.upTo = parts.upTo;
    this.news = parts.news;
    this.shown = parts.shown;
  }

  /** Up to where the client has been told of anything; `undefined`: it begins. */
  get since(): Position | undefined {
    return this.wanted.known.upTo;
  }

  /** What changes in what the client knows of rooms. */
  get changed(): ReadonlyMap<RoomId, RoomSent> {
    return this.#sent;
  }

  /** What the client will know of a room. */
  sent(roomId: RoomId): RoomSent | undefined {
    return this.#sent.get(roomId) ?? this.wanted.connection.rooms.get(roomId);
  }

  keep(roomId: RoomId, sent: RoomSent): void {
    this.#sent.set(roomId, sent);
  }

  /** Changes what the client will know of a room that it knows. */
  change(roomId: RoomId, changed: Partial<RoomSent>): void {
    const sent = this.sent(roomId);
    if (sent !== undefined) this.#sent.set(roomId, { ...sent, ...changed });
  }
}
