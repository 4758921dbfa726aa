import type { LookAlikes } from '@byline/protocol/byline/resemblance.ts';
import type { PublicPart } from '@byline/protocol/byline/identity.ts';
import { type Person, signUp } from '@byline/testkit/person.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { apply, byline, decide, draft, type Office, openAccount, openOffice, publicPart } from './publisher.ts';
import { refusal } from './room-calls.ts';
import { startWholeServer } from './whole-server.ts';

/** A picture with a shape of its own: stripes whose places follow from a number. */
const stripes = (seed: number, size: number): Buffer =>
  Buffer.from(
    Array.from({ length: size * size }, (_, place) => {
      const [column, row] = [Math.floor(((place % size) * 9) / size), Math.floor((place / size / size) * 8)];
      return Math.imul(column * 31 + row * 17 + seed * 101, 2_654_435_761) >>> 24;
    }),
  );

const drawn = (seed: number, size = 288) =>
  sharp(stripes(seed, size), { raw: { width: size, height: size, channels: 1 } }).toColourspace('srgb');

describe.each(ENGINES)('what looks like something else on %s', (engine) => {
  let server: TestServer;
  let office: Office;
  let hall: Person;
  let people = 0;

  beforeAll(async () => {
    server = await startWholeServer(engine);
    office = await openOffice(server);
    hall = await signUp(server, 'clara');
    await openAccount(office, hall, 'cityhall', { kind: 'government', name: '林登市政厅 City Hall' });
  });
  afterAll(() => server.dispose());

  const somebody = async (): Promise<Person> => {
    people += 1;
    return signUp(server, `person${people}`);
  };
  const submit = async (person: Person, part: PublicPart) => {
    const { id } = await draft(office, person, part);
    return { id, reply: await person.post(byline(`/applications/${id}/submit`)) };
  };
  const lookAlikes = (id: string, by = office.reviewer): Promise<LookAlikes> =>
    by.expectOk.get(byline(`/review/cases/${id}/look-alikes`));
  const upload = async (person: Person, bytes: Buffer): Promise<PublicPart['picture']> => {
    const response = await fetch(`${server.url}/_matrix/media/v3/upload`, {
      method: 'POST',
      headers: { authorization: `Bearer ${person.token}`, 'content-type': 'image/png' },
      body: new Uint8Array(bytes),
    });
    return ((await response.json()) as { content_uri: PublicPart['picture'] }).content_uri;
  };

  test.each(['cityhaII', 'cityha11', 'c1tyhall'])(
    'the handle %s is refused, because it could only be taken for @cityhall',
    async (handle) => {
      const person = await somebody();
      const { id, reply } = await submit(person, publicPart(handle));
      expect(reply).toMatchObject({
        status: 409,
        body: { errcode: 'BYLINE_HANDLE_LOOKS_ALIKE', handle: 'cityhall' },
      });
      expect(await person.expectOk.get(byline(`/applications/${id}`))).toMatchObject({ state: 'draft' });
      expect(await person.expectOk.get(byline(`/handles/${handle}`))).toMatchObject({
        available: false,
        why: expect.stringContaining('@cityhall'),
      });
      // Nothing is left of the attempt: there is no account and no user of that name.
      const profile = await person.get(
        `/_matrix/client/v3/profile/@${handle.toLowerCase()}:${person.userId.split(':')[1]}`,
      );
      expect(profile.status).toBe(404);
    },
  );

  test('what looks like a handle that is only applied for is refused without saying which', async () => {
    const first = await somebody();
    const { id } = await apply(office, first, publicPart('modern-times'));
    const { reply } = await submit(await somebody(), publicPart('modem-times'));
    expect(reply).toMatchObject(refusal(409, 'BYLINE_HANDLE_LOOKS_ALIKE'));
    expect(JSON.stringify(reply.body)).not.toContain('modern-times');

    // Once nobody applies for it any more, it is nothing that could be imitated.
    await decide(office.reviewer, id, { decision: 'refuse' });
    expect((await submit(await somebody(), publicPart('modem-times'))).reply.status).toBe(200);
  });

  test('of two that look alike and are sent at once, one gets its handle', async () => {
    const drafts = await Promise.all(
      ['burning-ship', 'buming-ship'].map(async (handle) => {
        const person = await somebody();
        return { person, id: (await draft(office, person, publicPart(handle))).id };
      }),
    );
    const replies = await Promise.all(
      drafts.map(({ person, id }) => person.post(byline(`/applications/${id}/submit`))),
    );
    expect(replies.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409]);
  });

  test('who has the one may have the other', async () => {
    expect((await submit(hall, publicPart('city-ha11', { kind: 'government' }))).reply.status).toBe(200);
    expect((await submit(hall, publicPart('cityha11', { kind: 'government' }))).reply.status).toBe(200);
  });

  test('a reviewer sees names and handles that look alike, and why', async () => {
    const person = await somebody();
    const { id } = await apply(office, person, publicPart('cityhal', { name: '林登市政廳 C\u0456ty Hall' }));
    const { mixed_scripts: mixed, look_alikes: found } = await lookAlikes(id);
    expect(mixed).toEqual(['Han', 'Latin', 'Cyrillic']);
    const [first] = found;
    expect(first).toMatchObject({ handle: 'cityhall', verified: true, name: '林登市政厅 City Hall' });
    expect(first?.reasons).toEqual(
      expect.arrayContaining([
        { what: 'handle', how: 'one-edit' },
        { what: 'name', how: 'same-look' },
      ]),
    );
  });

  test('an account does not look like itself, nor like what was refused or renamed', async () => {
    const person = await somebody();
    const { id } = await apply(office, person, publicPart('weathervane', { name: 'The Weathervane' }));
    expect((await lookAlikes(id)).look_alikes).toEqual([]);
    const other = await somebody();
    const copy = await apply(office, other, publicPart('windvane', { name: 'The WEATHERVANE' }));
    expect((await lookAlikes(id)).look_alikes).toMatchObject([{ handle: 'windvane', verified: false }]);
    await decide(office.reviewer, copy.id, { decision: 'refuse' });
    expect((await lookAlikes(id)).look_alikes).toEqual([]);

    await decide(office.reviewer, id, { decision: 'approve' });
    const renamed = await apply(office, person, publicPart('weathervane', { name: 'North by West' }));
    await decide(office.reviewer, renamed.id, { decision: 'approve' });
    const late = await apply(office, await somebody(), publicPart('gale', { name: 'the weathervane' }));
    expect((await lookAlikes(late.id)).look_alikes).toEqual([]);
  });

  test('similar pictures are found, whatever their size and format, and others are not', async () => {
    const owner = await somebody();
    const seen = await upload(owner, await drawn(1).png().toBuffer());
    await openAccount(office, owner, 'lighthouse', { picture: seen });
    const other = await somebody();
    await openAccount(office, other, 'granary', { picture: await upload(other, await drawn(2).png().toBuffer()) });

    const copier = await somebody();
    const picture = await upload(copier, await drawn(1).resize(150, 150).jpeg({ quality: 60 }).toBuffer());
    const { id } = await apply(office, copier, publicPart('beacon', { picture }));
    expect((await lookAlikes(id)).look_alikes).toMatchObject([
      { handle: 'lighthouse', picture: seen, verified: true, reasons: [{ what: 'picture' }] },
    ]);
  });

  test('what is no picture can be compared with nothing, and is not in the way', async () => {
    const person = await somebody();
    const picture = await upload(person, Buffer.from('no picture'));
    const { id } = await apply(office, person, publicPart('paintless', { picture }));
    expect((await lookAlikes(id)).look_alikes).toEqual([]);
  });

  test('only reviewers are told, and of drafts nobody', async () => {
    const person = await somebody();
    const { id } = await draft(office, person, publicPart('undisclosed'));
    const path = byline(`/review/cases/${id}/look-alikes`);
    for (const curious of [person, hall, office.administrator])
      expect(await curious.get(path)).toMatchObject(refusal(403, 'BYLINE_ROLE_REQUIRED'));
    expect(await office.reviewer.get(path)).toMatchObject(refusal(404, 'M_NOT_FOUND'));
  });
});
