import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, signIn, signUp } from '@byline/testkit/person.ts';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { encryptedRoom, movedTo, publishDevice, type QueriedKey, queryKeys } from './encryption-calls.ts';
import { ENGINES } from './feature-server.ts';
import { createRoom, roomPath, sync } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

type Devices = Readonly<Record<string, QueriedKey>>;

/** A client that asks for keys only when it is told to: what it knows must be what there is. */
class Follower {
  person: Person;
  #since: string;
  readonly known = new Map<string, Devices>();

  constructor(person: Person, since: string) {
    this.person = person;
    this.#since = since;
  }

  async follow(): Promise<void> {
    const { next_batch, device_lists: lists } = await sync(this.person, this.#since);
    this.#since = next_batch;
    for (const userId of lists?.left ?? []) this.known.delete(userId);
    for (const userId of lists?.changed ?? []) {
      this.known.set(userId, (await queryKeys(this.person, userId)).device_keys[userId] ?? {});
    }
  }
}

const PEOPLE = 3;

const step = fc.record({
  who: fc.nat({ max: PEOPLE - 1 }),
  room: fc.nat({ max: 2 }),
  what: fc.constantFrom('join', 'join', 'leave', 'publish', 'replace', 'encrypt', 'follow'),
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

describe.each(ENGINES)('who follows the device lists on %s', (engine) => {
  let server: TestServer;

  beforeEach(async () => {
    server = await startWholeServer(engine);
  });

  afterEach(() => server.dispose());

  const act = async (people: Person[], rooms: readonly string[], { who, room, what }: Step): Promise<void> => {
    const [person, roomId] = [people[who], rooms[room]];
    if (person === undefined || roomId === undefined) return;
    if (what === 'join') await person.post(roomPath(roomId, '/join'));
    if (what === 'leave') await person.post(roomPath(roomId, '/leave'));
    if (what === 'encrypt')
      await person.put(roomPath(roomId, '/state/m.room.encryption/'), { algorithm: 'm.megolm.v1.aes-sha2' });
    if (what === 'publish') await publishDevice(person);
    if (what === 'replace') {
      const next = await signIn(server, person.name);
      await publishDevice(next);
      await person.expectOk.post('/_matrix/client/v3/logout');
      people[who] = next;
    }
  };

  test('knows all devices of all with whom encrypted rooms are shared, whatever happens at once', async () => {
    const ada = await signUp(server, 'ada');
    const people = await Promise.all(Array.from({ length: PEOPLE }, (_, index) => signUp(server, `person${index}`)));
    const open = { preset: 'public_chat' };
    const rooms = [await encryptedRoom(ada), await encryptedRoom(ada), await createRoom(ada, open)];
    for (const roomId of rooms) {
      await ada.expectOk.put(roomPath(roomId, '/state/m.room.join_rules/'), { join_rule: 'public' });
    }
    const follower = new Follower(ada, (await sync(ada)).next_batch);

    const expectKnown = async (): Promise<void> => {
      await follower.follow();
      const truth = new Map<string, Devices>();
      for (const roomId of rooms) {
        const { status } = await follower.person.get(roomPath(roomId, '/state/m.room.encryption/'));
        if (status !== 200) continue;
        const path = roomPath(roomId, '/joined_members');
        const { joined } = await follower.person.expectOk.get<{ joined: Record<string, unknown> }>(path);
        for (const userId of Object.keys(joined)) {
          truth.set(userId, (await queryKeys(follower.person, userId)).device_keys[userId] ?? {});
        }
      }
      truth.delete(ada.userId);
      expect(follower.known).toEqual(truth);
    };

    const seeds = fc.sample(fc.array(step, { minLength: 12, maxLength: 12 }), { numRuns: 12, seed: 20_261_123 });
    for (const [round, steps] of seeds.entries()) {
      // Then the engine alone can tell what happened before.
      const restarts = round % 4 === 3;
      // Two at a time, and the follower looks between: so there are commits that hold several of them.
      for (let index = 0; index < steps.length; index += 2) {
        const pair = steps.slice(index, index + 2).filter(({ who }, place, all) => place === 0 || who !== all[0]?.who);
        const acting = pair.map((one) => act(people, rooms, one));
        await Promise.all(restarts ? acting : [...acting, follower.follow()]);
      }
      if (restarts) {
        await server.stop();
        server = await server.restart();
        follower.person = movedTo(server, follower.person);
        for (const [place, person] of people.entries()) people[place] = movedTo(server, person);
      }
      await expectKnown();
    }
  }, 120_000);
});
