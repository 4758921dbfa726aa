import type { UserId } from '@byline/protocol';
import type { EventEntry } from '../../platform/log/entry.ts';
import type { Room } from '../graph/service.ts';
import type { Rooms } from '../rooms/service.ts';
import type { Bundles, RelationBundles } from './bundles.ts';

/** What relates to the events of rooms that somebody has at hand and may read. */
export class RoomBundles {
  readonly #access: Pick<Rooms['access'], 'visibilitySince'>;
  readonly #bundles: RelationBundles;

  constructor(access: Pick<Rooms['access'], 'visibilitySince'>, bundles: RelationBundles) {
    this.#access = access;
    this.#bundles = bundles;
  }

  /** The bundles of one room's events, oldest first. */
  async bundles(userId: UserId, room: Room, entries: readonly EventEntry[]): Promise<Bundles> {
    const [first] = entries;
    if (first === undefined) return new Map();
    const visibility = () => this.#access.visibilitySince(userId, room, first);
    return this.#bundles.of({ userId, visibility }, entries);
  }
}
