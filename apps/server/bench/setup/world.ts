import type { Filter } from '@byline/protocol/matrix/filter.ts';
import { DeviceId, Localpart, type RoomId, type UserId } from '@byline/protocol';
import { makeConversations } from '@byline/server/composition/conversations.ts';
import { makePeople } from '@byline/server/composition/people.ts';
import { openPlatform } from '@byline/server/composition/platform.ts';
import { makePublicAccounts } from '@byline/server/composition/public-accounts.ts';
import { systemClock } from '@byline/server/platform/clock.ts';
import { parseConfig } from '@byline/server/platform/config/config.ts';
import { pino } from 'pino';

/** Somebody who is signed in. */
export interface Inhabitant {
  readonly userId: UserId;
  readonly token: string;
}

/** Where a measured server keeps its data. */
export interface Site {
  readonly dataFolder: string;
  readonly databaseUrl?: string | undefined;
}

/** How many things are begun at once, so that they share commits. */
const AT_ONCE = 200;

/**
 * Fills a server's data before it starts, through the same services that it runs, but not over HTTP: ten thousand
 * sign-ups with a password each would take longer than all that is measured.
 */
export class World {
  readonly #close: () => Promise<void>;
  readonly #people: Awaited<ReturnType<typeof makePeople>>;
  readonly #publicAccounts: Awaited<ReturnType<typeof makePublicAccounts>>;
  readonly #conversations: ReturnType<typeof makeConversations>;

  private constructor(parts: {
    readonly people: Awaited<ReturnType<typeof makePeople>>;
    readonly publicAccounts: Awaited<ReturnType<typeof makePublicAccounts>>;
    readonly conversations: ReturnType<typeof makeConversations>;
    readonly close: () => Promise<void>;
  }) {
    this.#people = parts.people;
    this.#publicAccounts = parts.publicAccounts;
    this.#conversations = parts.conversations;
    this.#close = parts.close;
  }

  static async open({ dataFolder, databaseUrl }: Site): Promise<World> {
    const config = parseConfig({
      BYLINE_SERVER_NAME: 'byline.test',
      BYLINE_DATA: dataFolder,
      BYLINE_RATE_LIMITS: 'off',
      ...(databaseUrl === undefined ? {} : { BYLINE_DATABASE_URL: databaseUrl }),
    });
    const platform = await openPlatform(config, systemClock, pino({ level: 'error' }));
    const people = await makePeople(platform);
    const publicAccounts = await makePublicAccounts(platform, people);
    const conversations = makeConversations(platform, people, publicAccounts);
    const close = async (): Promise<void> => {
      conversations.stop();
      await conversations.close();
      await people.sessions.close();
      await platform.log.close();
      await platform.engine.close();
    };
    return new World({ people, publicAccounts, conversations, close });
  }

  /** Signs people up who have no password, each on one device. */
  async settle(name: string, count: number): Promise<Inhabitant[]> {
    return inLanes(count, async (index) => {
      const localpart = Localpart.parse(`${name}${index}`);
      const userId = await this.#people.users.create({ localpart, kind: 'person' });
      const { access_token: token } = await this.#people.sessions.open(userId, { device_id: DEVICE });
      return { userId, token };
    });
  }

  /** Has people follow an account. */
  async follow(people: readonly Inhabitant[], roomId: RoomId): Promise<void> {
    const { rooms } = this.#publicAccounts.publishing;
    await inLanes(people.length, async (index) => {
      const person = people[index];
      if (person !== undefined) await rooms.subscribe(person.userId, roomId);
    });
  }

  /** A conversation, with so many messages of its founder in it. */
  async converse(
    founder: Inhabitant,
    others: readonly Inhabitant[],
    { messages = 0, encrypted = false }: { readonly messages?: number; readonly encrypted?: boolean } = {},
  ): Promise<RoomId> {
    const { creation, memberships, sending } = this.#conversations.rooms;
    const invite = others.map(({ userId }) => userId);
    const roomId = await creation.create(founder.userId, {
      preset: 'private_chat',
      invite,
      initialState: encrypted ? [ENCRYPTION] : [],
    });
    await Promise.all(others.map(({ userId }) => memberships.join(userId, roomId, undefined)));
    const session = { userId: founder.userId, deviceId: DEVICE };
    await inLanes(messages, (index) => {
      const content = { msgtype: 'm.text', body: `Message ${index} of a talk that has gone on for a while.` };
      return sending.send(session, roomId, { type: 'm.room.message', content, transactionId: `message${index}` });
    });
    return roomId;
  }

  /** Keeps a filter for each of some people; it has the same id for all. */
  async defineFilter(people: readonly Inhabitant[], filter: Filter): Promise<string> {
    const ids = await inLanes(people.length, async (index) => {
      const person = people[index];
      return person === undefined ? '' : this.#people.filters.define(person.userId, filter);
    });
    return ids[0] ?? '';
  }

  close(): Promise<void> {
    return this.#close();
  }
}

const ENCRYPTION = { type: 'm.room.encryption', stateKey: '', content: { algorithm: 'm.megolm.v1.aes-sha2' } };

const DEVICE = DeviceId.parse('BENCH');

const inLanes = async <Result>(count: number, make: (index: number) => Promise<Result>): Promise<Result[]> => {
  const made: Result[] = [];
  for (let start = 0; start < count; start += AT_ONCE) {
    const lane = Array.from({ length: Math.min(AT_ONCE, count - start) }, (_, index) => make(start + index));
    made.push(...(await Promise.all(lane)));
  }
  return made;
};
