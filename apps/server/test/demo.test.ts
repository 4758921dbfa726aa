import { openEvidence, openIdentity } from '@byline/core/identity/seal-identity.ts';
import { unlockKey } from '@byline/core/sealing/key-file.ts';
import type { PublicAccount } from '@byline/protocol/byline/accounts.ts';
import type { Application } from '@byline/protocol/byline/applications.ts';
import type { Post } from '@byline/protocol/byline/posts.ts';
import type { Case, QueuedCase } from '@byline/protocol/byline/review.ts';
import { ACCOUNTS } from '@byline/server/demo/content/accounts.ts';
import { CONVERSATIONS } from '@byline/server/demo/content/conversations.ts';
import { EVERYBODY, PASSPHRASE, PEOPLE } from '@byline/server/demo/content/people.ts';
import type { ConversationStory } from '@byline/server/demo/content/words.ts';
import { fillDemo, NotEmpty } from '@byline/server/demo/fill.ts';
import { welcome } from '@byline/server/demo/welcome.ts';
import type { Person } from '@byline/testkit/person.ts';
import { pino } from 'pino';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { download, type Linden, openLinden, opusLength, personOf, roomsOf } from './demo-town.ts';
import { ENGINES } from './feature-server.ts';
import { byline } from './publisher.ts';
import { client, messages } from './room-calls.ts';
import { sync } from './syncing.ts';

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');
const SIX_WEEKS = 43 * 24 * 60 * 60 * 1_000;
const PUBLISHED = ACCOUNTS.filter(({ posts }) => posts.length > 0);

describe.each(ENGINES)('the demo on %s', (engine) => {
  let linden: Linden;
  let mira: Person;

  beforeAll(async () => {
    linden = await openLinden(engine);
    mira = personOf(linden, 'mira');
  }, 120_000);
  afterAll(() => linden.server.dispose());

  const postsOf = async (handle: string): Promise<readonly Post[]> =>
    (await mira.expectOk.get<{ posts: Post[] }>(byline(`/accounts/${handle}/posts?limit=100`))).posts;

  /** The status of a file for who has no account. */
  const readByAnybody = async (mxc: unknown): Promise<number> =>
    (await fetch(`${linden.server.url}${byline(`/media/${asText(mxc).split('/').at(-1)}`)}`)).status;

  /** Everything that a file's message promises of the file. */
  const checkFile = async (reader: Person, content: Readonly<Record<string, unknown>>): Promise<void> => {
    const bytes = await download(linden, reader, content['url']);
    const { msgtype, info } = content as { msgtype: string; info: Readonly<Record<string, number | string>> };
    expect(bytes.length).toBe(info['size']);
    if (msgtype === 'm.image') {
      const { format, width, height } = await sharp(bytes).metadata();
      expect([`image/${format}`, width, height]).toEqual([info['mimetype'], info['w'], info['h']]);
    }
    if (msgtype !== 'm.audio') return;
    expect(Math.abs(opusLength(bytes) - Number(info['duration']))).toBeLessThan(2);
    const { waveform } = content['org.matrix.msc1767.audio'] as { waveform: number[] };
    expect(Math.max(...waveform)).toBe(1024);
    expect(waveform.length).toBe(60);
  };

  test('everybody has a name, a face and one device', async () => {
    for (const id of EVERYBODY) {
      const person = personOf(linden, id);
      const profile = await mira.expectOk.get(client(`/profile/${person.userId}`));
      expect(profile['displayname']).toBe(PEOPLE[id].name);
      expect((await sharp(await download(linden, mira, profile['avatar_url'])).metadata()).width).toBe(400);
      const { devices } = await person.expectOk.get<{ devices: unknown[] }>(client('/devices'));
      expect(devices).toHaveLength(1);
    }
  });

  test('there are an administrator and two reviewers, and nobody else is staff', async () => {
    const { staff } = await personOf(linden, 'johanna').expectOk.get<{
      staff: { user_id: string; roles: { role: string }[] }[];
    }>(byline('/staff'));
    const rolesOf = new Map(staff.map(({ user_id: id, roles }) => [id, roles.map(({ role }) => role)]));
    expect(rolesOf).toEqual(
      new Map([
        [personOf(linden, 'johanna').userId, ['administrator']],
        [personOf(linden, 'samuel').userId, ['reviewer']],
        [personOf(linden, 'haiyan').userId, ['reviewer']],
      ]),
    );
    expect(await linden.server.setupLink()).toBeUndefined();
  });

  test('three accounts are verified, and about ten follow each', async () => {
    const { accounts } = await mira.expectOk.get<{ accounts: PublicAccount[] }>(byline('/directory'));
    expect(accounts.map(({ handle }) => handle).toSorted()).toEqual(['cityhall', 'clinic', 'courier']);
    for (const account of accounts) {
      const story = PUBLISHED.find(({ handle }) => handle === account.handle);
      expect(account).toMatchObject({ name: story?.name, description: story?.description, subscribers: 10 });
      expect(account.qualification).toMatchObject({ kind: story?.kind, category: story?.category });
      expect(account.subscription).toEqual({ muted: account.handle === 'clinic' });
      expect(await readByAnybody(account.picture)).toBe(200);
    }
  });

  test('every post can be read, with its pictures and voice notes, over six weeks and not beyond now', async () => {
    const types: unknown[] = [];
    for (const { handle, posts: told } of PUBLISHED) {
      const posts = await postsOf(handle);
      expect(posts).toHaveLength(told.length);
      const times = posts.map(({ published_at: time }) => time);
      expect(times).toEqual(times.toSorted((one, other) => other - one));
      expect(Math.max(...times)).toBeLessThan(linden.filledUntil);
      expect(Math.min(...times)).toBeGreaterThan(linden.filledFrom - SIX_WEEKS);
      expect(posts.filter(({ edited_at: edited }) => edited !== undefined)).toHaveLength(
        told.filter(({ becomes }) => becomes !== undefined).length,
      );
      for (const { content } of posts.filter((post) => 'url' in post.content)) {
        types.push(content['msgtype']);
        await checkFile(mira, content);
        expect(await readByAnybody(content['url'])).toBe(200);
      }
    }
    expect(types.filter((type) => type === 'm.image')).toHaveLength(15);
    expect(types.filter((type) => type === 'm.audio')).toHaveLength(3);
  });

  test('articles have real headings, in both languages', async () => {
    const html = (await postsOf('courier')).map(({ content }) => asText(content['formatted_body']));
    const articles = html.filter((text) => text.startsWith('<h2>') && text.includes('<h3>'));
    expect(articles).toHaveLength(5);
    expect(articles.filter((text) => /\p{Script=Han}/u.test(text))).toHaveLength(2);
    expect(articles.join('')).toContain('<ul><li>');
    expect(articles.join('')).toContain('<blockquote><p>');
  });

  const keyFor = (story: ConversationStory, reader: ConversationStory['members'][number]): string => {
    if (story.group !== undefined) return story.group.name;
    const partner = story.members.find((member) => member !== reader) ?? reader;
    return personOf(linden, partner).userId;
  };

  test('every conversation is there for all who are in it, with every line and file', async () => {
    const files: Readonly<Record<string, unknown>>[] = [];
    for (const story of CONVERSATIONS) {
      const lines = story.talks.flatMap((talk) => talk.lines);
      for (const member of story.members) {
        const reader = personOf(linden, member);
        const room = (await roomsOf(reader)).get(keyFor(story, member));
        if (room === undefined) throw new Error(`${member} misses a conversation.`);
        const { chunk } = await messages(reader, room.roomId, 'dir=b&limit=500');
        const said = chunk.filter(({ type, content }) => type === 'm.room.message' && !('m.new_content' in content));
        expect(said).toHaveLength(lines.length);
        expect(room.unread_notifications?.notification_count).toBe(
          story.muted?.includes(member) ? 0 : (story.unread?.[member] ?? 0),
        );
        if (member !== story.members[1]) continue;
        for (const { content } of said.filter((event) => 'url' in event.content)) {
          await checkFile(reader, content);
          files.push(content);
        }
      }
    }
    const ofType = (type: string) => files.filter(({ msgtype }) => msgtype === type);
    expect(ofType('m.audio')).toHaveLength(5);
    expect(ofType('m.image')).toHaveLength(7);
    expect(ofType('m.file')).toHaveLength(2);
  });

  test('the main reader finds unread talk, unread posts, an invitation and a quiet group', async () => {
    const rooms = [...(await roomsOf(mira)).values()];
    const unread = rooms.map((room) => room.unread_notifications?.notification_count ?? 0);
    expect(unread.filter((count) => count > 0).length).toBeGreaterThanOrEqual(4);
    const { rooms: synced } = await sync(mira);
    expect(Object.keys(synced?.invite ?? {})).toHaveLength(1);
  });

  test('one application waits, and the key from the file opens it', async () => {
    const samuel = personOf(linden, 'samuel');
    const key = await unlockKey(linden.keyFile, PASSPHRASE);
    const { cases } = await samuel.expectOk.get<{ cases: QueuedCase[] }>(byline('/review/queue'));
    expect(cases).toMatchObject([{ state: 'submitted', holder: null, public: { handle: 'old-linden' } }]);
    const id = cases[0]?.id;
    if (id === undefined) throw new Error('Nothing waits.');
    const held = await samuel.expectOk.post<Case>(byline(`/review/cases/${id}/claim`));
    if (held.identity === null) throw new Error('The reviewer was given no identity.');
    expect(await openIdentity(key, id, held.identity)).toMatchObject({ legal_name: 'Pieter Cornelis Janssen' });
    const [piece] = held.evidence;
    const response = await fetch(`${linden.server.url}${byline(`/review/cases/${id}/evidence/${piece?.id}`)}`, {
      headers: { authorization: `Bearer ${samuel.token}` },
    });
    const picture = await openEvidence(key, id, 'document-front', new Uint8Array(await response.arrayBuffer()));
    expect((await sharp(picture).metadata()).format).toBe('jpeg');
    expect((await mira.get(byline('/accounts/old-linden'))).status).toBe(404);
  });

  test('who was asked for changes finds the whole story', async () => {
    const yun = personOf(linden, 'yun');
    const { applications } = await yun.expectOk.get<{ applications: Application[] }>(byline('/applications'));
    expect(applications[0]?.history.map(({ state }) => state)).toEqual([
      'draft',
      'submitted',
      'in-review',
      'changes-asked',
      'submitted',
      'in-review',
      // A second reviewer looks at what people's health may hang on.
      'submitted',
      'in-review',
      'approved',
      // Thirty days later the pictures were destroyed.
      'approved',
    ]);
  });

  test('it fills no server that is in use', async () => {
    const again = fillDemo({ config: linden.server.config, logger: pino({ level: 'silent' }) });
    // The server that is there holds the log; the demo's own finds an administrator and goes.
    await expect(again).rejects.toThrow(NotEmpty);
    expect(await postsOf('courier')).toHaveLength(
      PUBLISHED.find(({ handle }) => handle === 'courier')?.posts.length ?? 0,
    );
  });

  test('what is printed is short and names everybody', () => {
    const lines = welcome(linden.server.config);
    expect(lines.length).toBeLessThanOrEqual(25);
    for (const id of EVERYBODY) expect(lines.join('\n')).toContain(`${id}-of-linden`);
  });
});
