import type { Person } from '@byline/testkit/person.ts';
import { type Slid, slide, type SlidRoom } from './sliding-syncing.ts';
import type { SyncedEvent } from './syncing.ts';

/** A room as a client has put it together from what it was told. */
export class FoldedRoom {
  #looks: Readonly<Record<string, unknown>> = {};
  #isInvitation = false;
  #timeline: readonly SyncedEvent[] = [];
  readonly state = new Map<string, string>();

  /** What one draws it by. */
  get looks(): Readonly<Record<string, unknown>> {
    return this.#looks;
  }

  get isInvitation(): boolean {
    return this.#isInvitation;
  }

  /** The ids of the newest events, without a gap. */
  get timeline(): readonly string[] {
    return this.#timeline.map(({ event_id: id }) => id);
  }

  take(told: SlidRoom): void {
    const { timeline = [], required_state: state = [], initial = false, limited = false } = told;
    if (initial) this.#forget();
    this.#isInvitation = told.invite_state !== undefined;
    this.#timeline = initial || limited ? timeline : [...this.#timeline, ...timeline];
    for (const { type, state_key: key, event_id: id } of state) this.state.set(`${type} ${key}`, id);
    const { name, avatar, joined_count: joined, invited_count: invited, notification_count: unread } = told;
    const looks = { name, avatar, joined, invited, unread, isDm: told.is_dm, stamp: told.bump_stamp };
    const changed = Object.entries(looks).filter(([, value]) => value !== undefined);
    const entries = Object.entries({ ...this.#looks, ...Object.fromEntries(changed) });
    this.#looks = Object.fromEntries(entries.filter(([, value]) => value !== null && value !== false));
  }

  #forget(): void {
    this.#looks = {};
    this.state.clear();
  }
}

/** A client that slides over its user's rooms and puts together what it is told. */
export class FoldingSlider {
  readonly rooms = new Map<string, FoldedRoom>();
  readonly ownData = new Map<string, string>();
  readonly person: Person;
  readonly #connId: string;
  #pos: string | undefined;

  constructor(person: Person, connId: string) {
    this.person = person;
    this.#connId = connId;
  }

  ask(body: object): Promise<Slid> {
    return slide(this.person, {
      ...body,
      conn_id: this.#connId,
      ...(this.#pos === undefined ? {} : { pos: this.#pos }),
      extensions: { account_data: { enabled: true } },
    });
  }

  take({ pos, rooms = {}, extensions }: Slid): void {
    this.#pos = pos;
    for (const [roomId, told] of Object.entries(rooms)) {
      const room = this.rooms.get(roomId) ?? new FoldedRoom();
      this.rooms.set(roomId, room);
      room.take(told);
    }
    for (const [roomId, events] of Object.entries(extensions?.account_data?.rooms ?? {})) {
      for (const { type, content } of events) this.ownData.set(`${roomId} ${type}`, JSON.stringify(content));
    }
  }
}
