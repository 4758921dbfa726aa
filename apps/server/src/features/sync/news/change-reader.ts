import type { RoomId } from '@byline/protocol';
import type { Position, ReceiptEntry } from '../../../platform/log/entry.ts';
import type { Tail } from '../../../platform/log/tail.ts';
import type { RoomGraph } from '../../graph/service.ts';
import { type Changes, changesOf, mayBeTold, standingsSince } from './changes.ts';
import type { SyncContext } from '../context.ts';
import type { Sources } from '../sources.ts';
import type { Standing, UserView } from '../waiting/view.ts';

/** Beyond that many entries it is cheaper to ask what has changed in the user's own rooms. */
const LONGEST_TAIL_READ = 5_000;

/** Finds what is new for a user: in the log's tail in memory where that reaches back, in the engine where it does not. */
export class ChangeReader {
  readonly #tail: Tail;
  readonly #conversations: RoomGraph;
  readonly #accountRooms: RoomGraph;
  readonly #sources: Sources;

  constructor(parts: {
    readonly tail: Tail;
    readonly conversations: RoomGraph;
    readonly accountRooms: RoomGraph;
    readonly sources: Sources;
  }) {
    this.#tail = parts.tail;
    this.#conversations = parts.conversations;
    this.#accountRooms = parts.accountRooms;
    this.#sources = parts.sources;
  }

  /** What is new, at once, if memory alone tells it: so it is for whoever waits. */
  recent(view: UserView, context: SyncContext): Changes | undefined {
    const changes = this.#changesOfTail(view, context);
    return changes === undefined || changes.standings.size > 0 ? undefined : changes;
  }

  /** What is new, wherever it has to be read. */
  async all(view: UserView, context: SyncContext): Promise<Changes> {
    const { since, fullState } = context;
    if (since === undefined || fullState) return this.#everything(view, context);
    const changes = this.#changesOfTail(view, context) ?? (await this.#changesOfEngine(view, since));
    return changes.standings.size === 0 ? changes : this.#withReceiptsOfNewRooms(view, changes);
  }

  #changesOfTail(view: UserView, { device, since, fullState }: SyncContext): Changes | undefined {
    if (since === undefined || fullState) return undefined;
    const entries = this.#tail.after(since);
    if (entries === undefined || entries.length > LONGEST_TAIL_READ) return undefined;
    return changesOf(view, device, entries, since);
  }

  async #everything(view: UserView, { since, filter }: SyncContext): Promise<Changes> {
    const [conversations, accounts] = [roomsIn(view.conversations), roomsIn(view.accounts)];
    const left = filter.room?.include_leave === true ? await this.#left(view) : [];
    const open = [...view.conversations.keys()].filter((roomId) => isOpen(view, roomId, since));
    await Promise.all([
      this.#conversations.roomsWithTimelines(conversations),
      this.#accountRooms.roomsWithTimelines(accounts),
    ]);
    const heard = [...conversations, ...accounts];
    return {
      rooms: new Set(heard),
      standings: new Set([...open, ...left]),
      receipts: told(view, await this.#sources.receipts.all(heard)),
      accountData: await this.#sources.accountData.all(view.userId),
      encryption: undefined,
      hasOwn: true,
    };
  }

  /** The conversations that the user has left, and wants to know of still. */
  async #left(view: UserView): Promise<RoomId[]> {
    const forgotten = await this.#sources.history.forgottenBy(view.userId);
    const left = [...view.conversations].filter(([, { membership }]) => membership === 'leave' || membership === 'ban');
    return left.map(([roomId]) => roomId).filter((roomId) => !forgotten.has(roomId));
  }

  async #changesOfEngine(view: UserView, since: Position): Promise<Changes> {
    const [conversations, accounts] = [roomsIn(view.conversations), roomsIn(view.accounts)];
    const positions = await Promise.all([
      this.#conversations.positions(conversations),
      this.#accountRooms.positions(accounts),
    ]);
    const rooms = positions.flatMap((ofGraph) => [...ofGraph]).filter(([, position]) => position > since);
    return {
      rooms: new Set(rooms.map(([roomId]) => roomId)),
      standings: standingsSince(view, since),
      receipts: told(view, await this.#sources.receipts.since([...conversations, ...accounts], since)),
      accountData: await this.#sources.accountData.since(view.userId, since),
      encryption: undefined,
      hasOwn: true,
    };
  }

  /** Who comes into a room is told what everybody has read there. */
  async #withReceiptsOfNewRooms(view: UserView, changes: Changes): Promise<Changes> {
    const joined = [...changes.standings].filter((roomId) => view.hears(roomId));
    const receipts = told(view, await this.#sources.receipts.all(joined));
    return { ...changes, receipts: new Map([...changes.receipts, ...receipts]) };
  }
}

const roomsIn = (standings: ReadonlyMap<RoomId, Standing>): RoomId[] =>
  [...standings].filter(([, { membership }]) => membership === 'join').map(([roomId]) => roomId);

/** Rooms that the user has left are not told of at the first sync; invitations and knocks are. */
const isOpen = (view: UserView, roomId: RoomId, since: Position | undefined): boolean => {
  const standing = view.conversations.get(roomId);
  if (standing === undefined || standing.membership === 'join') return false;
  return standing.membership === 'invite' || standing.membership === 'knock' || standing.position > (since ?? Infinity);
};

const told = (view: UserView, receipts: readonly ReceiptEntry[]): ReadonlyMap<RoomId, readonly ReceiptEntry[]> =>
  Map.groupBy(
    receipts.filter((entry) => mayBeTold(view.userId, entry)),
    (entry) => entry.roomId,
  );
