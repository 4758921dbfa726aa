import { dealAll } from '@byline/client/custody/dealer.ts';
import type { Application } from '@byline/protocol/byline/applications.ts';
import type { Resealing } from '@byline/protocol/byline/resealing.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, signIn, signUp } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  apiOf,
  approveSealed,
  browserOf,
  fileOrder,
  hireCustodian,
  installCustodians,
  type Keeper,
} from './custody.ts';
import { ENGINES } from './feature-server.ts';
import { applyPersonally, byline, IDENTITY, type Office, openOffice } from './publisher.ts';
import { refusal } from './room-calls.ts';
import { startWholeServer } from './whole-server.ts';

const RECORDS = 4;
const DEALING = byline('/custody/resealings');

const progress = async (by: Person): Promise<Resealing[]> =>
  (await by.expectOk.get<{ resealings: Resealing[] }>(DEALING)).resealings;

const at = (keepers: readonly Keeper[], index: number): Keeper => {
  const keeper = keepers[index];
  if (keeper === undefined) throw new Error('There are too few custodians.');
  return keeper;
};

describe.each(ENGINES)('custodians are replaced on %s', (engine) => {
  let server: TestServer;
  let office: Office;
  const owners: Person[] = [];
  let ended: Application;
  let first: Keeper[];
  let second: Keeper[];

  beforeAll(async () => {
    server = await startWholeServer(engine);
    office = await openOffice(server);
    first = [];
    for (const name of ['kim', 'lea', 'max']) first.push(await hireCustodian(office, name));
    await installCustodians(office.administrator, first);
    for (let number = 0; number < RECORDS; number += 1) {
      const owner = await signUp(server, `owner${number}`);
      ended = await applyPersonally(office, owner);
      await approveSealed(office, ended);
      owners.push(owner);
    }
    second = [];
    for (const name of ['ned', 'ona']) second.push(await hireCustodian(office, name));
    // Lea stays, the others go.
    second.push(...first.filter(({ person }) => person.name === 'lea'));
    await installCustodians(office.administrator, second, first);
  });
  afterAll(() => server.dispose());

  const dealer = ({ person, keys }: Keeper) => ({ api: apiOf(server, person), userId: person.userId, keys });

  /** One part of one field, where there must be one of each for each. */
  const dealWrongly = ({ person }: Keeper) => {
    const { kid } = at(second, 0).keys.sealing;
    const sealed = { v: 1, kid, enc: 'A'.repeat(43), ct: 'A'.repeat(60) };
    const parts = [{ field: 'legal_name', custodian: at(second, 0).person.userId, sealed }];
    return person.put(`${DEALING}/1/records/${ended.id}`, { version: 1, to: 2, parts });
  };

  const openAll = async (one: Keeper, other: Keeper): Promise<string[]> => {
    const names = [];
    for (const owner of owners) {
      const order = await fileOrder(office.administrator, Date.now(), { scope: { user_id: owner.userId } });
      const asked = await one.browser.ask(order.content.id, ['legal_name']);
      await other.browser.join(asked.opening);
      names.push(...(await one.browser.read(asked)).map(({ value }) => value));
    }
    return names;
  };

  test('nobody deals who is not named, and only an administrator names two of the old ones', async () => {
    const [kim, lea] = [at(first, 0), at(first, 1)];
    const name = (by: Person, dealers: readonly Keeper[], from = 1) =>
      by.put(`${DEALING}/${from}`, { dealers: dealers.map(({ person }) => person.userId) });
    expect(await name(kim.person, [kim, lea])).toMatchObject(refusal(403, 'BYLINE_ROLE_REQUIRED'));
    expect(await name(office.administrator, [kim, kim])).toMatchObject(refusal(400, 'M_INVALID_PARAM'));
    expect(await name(office.administrator, [kim, at(second, 0)])).toMatchObject(refusal(400, 'M_INVALID_PARAM'));
    expect(await name(office.administrator, [kim, lea], 2)).toMatchObject(refusal(404, 'M_NOT_FOUND'));
    expect(await kim.person.get(`${DEALING}/1/next`)).toMatchObject(refusal(404, 'M_NOT_FOUND'));
    expect((await name(office.administrator, [kim, lea])).body).toMatchObject({ left: RECORDS, from: 1, to: 2 });
    for (const person of [office.administrator, office.reviewer])
      expect(await person.get(`${DEALING}/1/next`)).toMatchObject(refusal(403, 'BYLINE_ROLE_REQUIRED'));
    expect(await at(first, 2).person.get(`${DEALING}/1/next`)).toMatchObject(refusal(403, 'M_FORBIDDEN'));
    expect(await office.reviewer.get(DEALING)).toMatchObject(refusal(403, 'BYLINE_ROLE_REQUIRED'));
    expect(await dealWrongly(kim)).toMatchObject(refusal(400, 'M_INVALID_PARAM'));
    expect(await dealWrongly(at(first, 2))).toMatchObject(refusal(403, 'M_FORBIDDEN'));
  });

  test('two of the old ones deal each record, stopped and taken up again, with nothing lost', async () => {
    let [kim, lea] = [at(first, 0), at(first, 1)];
    expect(await dealAll(dealer(kim), 1)).toBe(RECORDS);
    expect(await progress(office.administrator)).toMatchObject([
      { left: RECORDS, dealers: [{ dealt: RECORDS }, { dealt: 0 }] },
    ]);
    // Until the other has dealt, the old ones hold it and open it.
    expect(await openAll(kim, at(first, 2))).toEqual(owners.map(() => IDENTITY.legal_name));
    let count = 0;
    const half = dealAll(dealer(lea), 1, () => {
      count += 1;
      if (count === 2) throw new Error('The browser was closed.');
    });
    await expect(half).rejects.toThrow('The browser was closed.');
    await server.stop();
    server = await server.restart();
    const back = async (keeper: Keeper): Promise<Keeper> => {
      const person = await signIn(server, keeper.person.name);
      return { ...keeper, person, browser: browserOf(server, person, keeper.keys) };
    };
    first = await Promise.all(first.map(back));
    second = await Promise.all(second.map(back));
    [kim, lea] = [at(first, 0), at(first, 1)];
    office = { ...office, server, administrator: await signIn(server, 'administrator') };
    expect(await progress(lea.person)).toMatchObject([{ left: RECORDS - 2 }]);
    expect(await dealAll(dealer(lea), 1)).toBe(RECORDS - 2);
    expect(await progress(office.administrator)).toMatchObject([{ left: 0 }]);
    expect(await dealAll(dealer(kim), 1)).toBe(0);

    // Any two of the new ones open all of it, and the old ones none.
    expect(await openAll(at(second, 0), at(second, 1))).toEqual(owners.map(() => IDENTITY.legal_name));
    expect(await openAll(at(second, 2), at(second, 0))).toEqual(owners.map(() => IDENTITY.legal_name));
    await expect(openAll(kim, at(first, 2))).rejects.toMatchObject({ code: 'unconfirmed-custodians' });
  });

  test('a record that has changed hands is not dealt again', async () => {
    expect(await dealWrongly(at(first, 0))).toMatchObject(refusal(403, 'M_BAD_STATE'));
  });
});
