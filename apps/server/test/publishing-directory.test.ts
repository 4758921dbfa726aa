import type { PublicAccount } from '@byline/protocol/byline/accounts.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { caller, type Person, signUp } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { apply, byline, decide, type Office, openAccount, openOffice, publicPart } from './publisher.ts';
import { refusal } from './room-calls.ts';
import { makeTestClock, startWholeServer } from './whole-server.ts';

const DAY = 24 * 60 * 60_000;

describe.each(ENGINES)('the directory of public accounts on %s', (engine) => {
  const clock = makeTestClock();
  let server: TestServer;
  let office: Office;
  let ada: Person;

  beforeAll(async () => {
    server = await startWholeServer(engine, { clock });
    office = await openOffice(server);
    ada = await signUp(server, 'ada');
    const open = (handle: string, name: string, description: string, further: object = {}) =>
      openAccount(office, ada, handle, { name, description, ...further });
    await open('city-hall', 'City Hall', 'Decisions of the council, roads and water.', {
      kind: 'government',
      category: 'public-services',
    });
    await open('evening-post', '北京晚报', '每天傍晚的新闻 100%');
    await open('clinic', 'Zoë’s Clinic', 'Open hours of the clinic near the city hall.', {
      kind: 'company',
      category: 'health',
    });
    await open('hall', 'Concert House', 'Music_at night.', { category: 'culture' });
    await open('short-lived', 'City Walks', 'For ten days.', { approval: { expires: clock.now() + 10 * DAY } });
    await apply(office, ada, publicPart('city-waiting', { name: 'City Waiting' }));
    const refused = await apply(office, ada, publicPart('city-refused', { name: 'City Refused' }));
    await decide(office.reviewer, refused.id, { decision: 'refuse' });
  });
  afterAll(() => server.dispose());

  const search = (query: string): Promise<{ accounts: PublicAccount[]; next?: string }> =>
    caller(server).expectOk.get(byline(`/directory?${query}`));
  const found = async (query: string): Promise<string[]> =>
    (await search(`q=${encodeURIComponent(query)}`)).accounts.map(({ handle }) => handle);

  test.each([
    ['city', ['city-hall', 'short-lived', 'clinic']],
    ['CITY', ['city-hall', 'short-lived', 'clinic']],
    ['ｃｉｔｙ', ['city-hall', 'short-lived', 'clinic']],
    ['hall', ['hall', 'city-hall', 'clinic']],
    ['hall city', ['city-hall', 'clinic']],
    ['晚', ['evening-post']],
    ['北京', ['evening-post']],
    ['晚报 新闻', ['evening-post']],
    ['早', []],
    ['zoë', ['clinic']],
    ['zoe\u0308', ['clinic']],
    ['%', ['evening-post']],
    ['100%', ['evening-post']],
    ['_', ['hall']],
    ['\\', []],
    ["'; drop table accounts; --", []],
    ['waiting', []],
    ['refused', []],
    ['council roads', ['city-hall']],
  ])('%j finds %j, the best first', async (query, handles) => {
    expect(await found(query)).toEqual(handles);
  });

  test('without a query it lists all who are verified, in pages', async () => {
    const all = ['city-hall', 'clinic', 'evening-post', 'hall', 'short-lived'];
    expect(await found('')).toEqual(all);
    const first = await search('limit=2');
    const second = await search(`limit=2&from=${first.next}`);
    const third = await search(`limit=2&from=${second.next}`);
    expect([first, second, third].flatMap(({ accounts }) => accounts.map(({ handle }) => handle))).toEqual(all);
    expect(third.next).toBeUndefined();
    const ranked = await search('q=city&limit=1');
    expect((await search(`q=city&limit=9&from=${ranked.next}`)).accounts.map(({ handle }) => handle)).toEqual([
      'short-lived',
      'clinic',
    ]);
    expect(await caller(server).get(byline('/directory?from=nonsense'))).toMatchObject(refusal(400, 'M_INVALID_PARAM'));
  });

  test('it says who speaks, and narrows by category', async () => {
    const { accounts } = await search('category=health');
    expect(accounts).toMatchObject([
      {
        handle: 'clinic',
        name: 'Zoë’s Clinic',
        subscribers: 0,
        qualification: { kind: 'company', category: 'health', label: null },
      },
    ]);
    expect(accounts[0]).not.toHaveProperty('subscription');
    expect(await caller(server).get(byline('/directory?category=gossip'))).toMatchObject({ status: 400 });
    await ada.expectOk.put(byline('/accounts/clinic/subscription'), { muted: true });
    expect(await ada.expectOk.get(byline('/directory?q=clinic'))).toMatchObject({
      accounts: [{ subscription: { muted: true } }],
    });
  });

  test('who is not verified any more is not found', async () => {
    expect(await found('walks')).toEqual(['short-lived']);
    clock.advance(10 * DAY);
    expect(await found('walks')).toEqual([]);
  });
});
