import { joinRoom, knockRoom } from '@byline/protocol/matrix/membership.ts';
import { spaceHierarchy } from '@byline/protocol/matrix/spaces.ts';
import { ClientEvent, type MatrixClient, type Room, RoomEvent, RoomStateEvent } from 'matrix-js-sdk';
import type { Api } from '../api/api.ts';
import { type Observable, Source } from '../observable.ts';
import { Resource } from '../resource.ts';
import { keepSame } from '../same.ts';
import { childrenIn, roomsUnder, type WayIn, wayInto } from './children.ts';

/** A space that one is in, or invited to: rooms that belong together. */
export interface Space {
  readonly key: string;
  readonly name: string;
  /** `mxc://…` */
  readonly picture?: string | undefined;
  /** One is invited to it, and not in it yet. */
  readonly isInvited: boolean;
  /** The ids of all rooms under it that are known, those of spaces in it among them. */
  readonly rooms: readonly string[];
}

/** A room of a space, as somebody sees it before being in it. */
export interface SpaceRoom {
  readonly key: string;
  readonly name: string;
  readonly picture?: string | undefined;
  readonly topic?: string | undefined;
  readonly members: number;
  readonly isSpace: boolean;
  readonly wayIn: WayIn;
  /** One has asked to be let in. */
  readonly hasAsked: boolean;
}

const CHILD = 'm.space.child';
/** A page says what is in a space itself; what is under a space in it has a page of its own. */
const DEPTH = 1;
/** As many rooms of a space are shown; more is beyond what somebody looks through. */
const MOST_PAGES = 5;

/** The spaces of a person. */
export class Spaces {
  readonly #client: MatrixClient;
  readonly #api: Api;
  readonly #list: Source<readonly Space[]>;
  readonly #pages = new Map<string, Resource<readonly SpaceRoom[]>>();
  #isRefreshing = false;

  constructor(client: MatrixClient, api: Api) {
    this.#client = client;
    this.#api = api;
    this.#list = new Source<readonly Space[]>([], () => this.#listen());
  }

  /** By name. Up to date while somebody watches it. */
  get list(): Observable<readonly Space[]> {
    return this.#list;
  }

  /** What is in a space, also what one is not in. The same each time. */
  rooms(spaceId: string): Resource<readonly SpaceRoom[]> {
    const known = this.#pages.get(spaceId);
    if (known !== undefined) return known;
    const page = new Resource(() => this.#load(spaceId));
    this.#pages.set(spaceId, page);
    return page;
  }

  /** Throws `ApiError`. */
  async join(roomId: string): Promise<void> {
    await this.#api.call(joinRoom, { params: { roomIdOrAlias: roomId }, body: {} });
  }

  /** Asks to be let in. Throws `ApiError`. */
  async knock(spaceId: string, roomId: string): Promise<void> {
    await this.#api.call(knockRoom, { params: { roomIdOrAlias: roomId }, body: {} });
    const page = this.rooms(spaceId);
    const rooms = page.get().value;
    if (rooms !== undefined) page.set(rooms.map((room) => (room.key === roomId ? { ...room, hasAsked: true } : room)));
  }

  async #load(spaceId: string): Promise<readonly SpaceRoom[]> {
    const found = [];
    let from: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const query = { max_depth: DEPTH, ...(from !== undefined && { from }) };
      const { rooms, next_batch: next } = await this.#api.call(spaceHierarchy, { params: { roomId: spaceId }, query });
      found.push(...rooms);
      from = next;
      if (from === undefined) break;
    }
    const own = new Set(
      this.#client
        .getRooms()
        .filter(isJoined)
        .map(({ roomId }) => roomId),
    );
    return found
      .filter(({ room_id: key }) => key !== spaceId)
      .map((room) => ({
        key: room.room_id,
        name: room.name ?? room.canonical_alias ?? room.room_id,
        ...(room.avatar_url !== undefined && { picture: room.avatar_url }),
        ...(room.topic !== undefined && { topic: room.topic }),
        members: room.num_joined_members,
        isSpace: room.room_type === 'm.space',
        wayIn: wayInto(room.join_rule, room.allowed_room_ids, own),
        hasAsked: this.#client.getRoom(room.room_id)?.getMyMembership() === 'knock',
      }));
  }

  #listen(): () => void {
    const client = this.#client;
    const refresh = (): void => this.#refresh();
    const onState = (event: { getType: () => string }): void => {
      if (SPACE_STATE.has(event.getType())) refresh();
    };
    client.on(ClientEvent.Room, refresh);
    client.on(RoomEvent.MyMembership, refresh);
    client.on(RoomStateEvent.Events, onState);
    refresh();
    return () => {
      client.off(ClientEvent.Room, refresh);
      client.off(RoomEvent.MyMembership, refresh);
      client.off(RoomStateEvent.Events, onState);
    };
  }

  /** Reads again, once for all that happens at the same time. */
  #refresh(): void {
    if (this.#isRefreshing) return;
    this.#isRefreshing = true;
    queueMicrotask(() => {
      this.#isRefreshing = false;
      const spaces = this.#client
        .getRooms()
        .filter((room) => room.isSpaceRoom() && MINE.has(room.getMyMembership()))
        .map((room) => this.#spaceOf(room))
        .toSorted((one, other) => one.name.localeCompare(other.name));
      this.#list.update((before) => keepSame(before, spaces));
    });
  }

  #spaceOf(room: Room): Space {
    const picture = room.getMxcAvatarUrl();
    return {
      key: room.roomId,
      name: room.name,
      ...(picture !== null && { picture }),
      isInvited: !isJoined(room),
      rooms: roomsUnder(room.roomId, (id) => childrenOf(this.#client.getRoom(id))),
    };
  }
}

/** What changes which spaces there are, what they are called, and what is in them. */
const SPACE_STATE: ReadonlySet<string> = new Set(['m.room.create', 'm.room.name', 'm.room.avatar', CHILD]);

const MINE: ReadonlySet<string> = new Set(['join', 'invite']);

const isJoined = (room: Room): boolean => room.getMyMembership() === 'join';

function childrenOf(room: Room | null): readonly string[] {
  if (room === null || !room.isSpaceRoom()) return [];
  const events = room.currentState.getStateEvents(CHILD);
  return childrenIn(
    events.map((event) => ({ stateKey: event.getStateKey() ?? '', content: event.getContent(), at: event.getTs() })),
  );
}
