import { canonicalNumber } from '@byline/core/identity/document-number.ts';
import { Engine } from '@byline/server/platform/engine/engine.ts';
import { freePort } from '@byline/testkit/free-port.ts';
import { type Person, signUp } from '@byline/testkit/person.ts';
import { freshPostgresDatabase } from '@byline/testkit/postgres-database.ts';
import { type ServerProcess, startServerProcess } from '@byline/testkit/server-process.ts';
import { sql } from 'kysely';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { approveSealed, fileOrder, hireCustodian, installCustodians } from './custody.ts';
import { ENGINES } from './feature-server.ts';
import { CLIENT_ID, type IdentityProvider, startIdentityProvider } from './identity-provider.ts';
import { draftWithoutEvidence, verifyAt } from './provider-browser.ts';
import {
  apply,
  applyPersonally,
  byline,
  decide,
  DOCUMENT_TEXT,
  draft,
  IDENTITY,
  mustPublish,
  type Office,
  openOffice,
  publicPart,
  upload,
} from './publisher.ts';

/** What nobody but a reviewer may read. */
const SECRETS = [
  IDENTITY.legal_name,
  'Quackenbush',
  IDENTITY.document_number,
  canonicalNumber(IDENTITY),
  DOCUMENT_TEXT,
];

/** A text as it may stand in a file. */
const formsOf = (text: string): Buffer[] => {
  const utf8 = Buffer.from(text);
  const escaped = text.replaceAll(/[^ -~]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
  // Base64 has three forms, by where in a group of three bytes the text begins; the ends depend on the neighbours.
  const base64 = [0, 1, 2].map((offset) => {
    const all = Buffer.concat([Buffer.alloc(offset), utf8]).toString('base64');
    return all.slice(offset === 0 ? 0 : 4, Math.floor((offset + utf8.length) / 3) * 4);
  });
  const texts = [escaped, encodeURIComponent(text), utf8.toString('hex'), ...base64];
  return [utf8, Buffer.from(text, 'utf16le'), ...texts.map((form) => Buffer.from(form))];
};

const filesIn = async (folder: string): Promise<Buffer[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(files.map((file) => readFile(join(file.parentPath, file.name))));
};

/** Every row of every table, as text. */
const rowsIn = async (dataFolder: string, databaseUrl: string): Promise<Buffer[]> => {
  const engine = await Engine.open({ dataFolder, databaseUrl, onConnectionLost: () => undefined });
  const tables = sql<{ name: string }>`select tablename as name from pg_tables where schemaname = 'public'`;
  const texts = [];
  for (const { name } of (await tables.execute(engine.reader)).rows) {
    const { rows } = await sql<{ row: string }>`select row_to_json(t)::text as row from ${sql.table(name)} t`.execute(
      engine.reader,
    );
    texts.push(...rows.map(({ row }) => Buffer.from(row)));
  }
  await engine.close();
  return texts;
};

describe.each(ENGINES)('what is sealed is nowhere in the clear, on %s', (engineName) => {
  let dataFolder = '';
  let memoryFolder = '';
  let server: ServerProcess | undefined;
  let provider: IdentityProvider | undefined;
  afterAll(async () => {
    await provider?.stop();
    await server?.kill();
    await rm(dataFolder, { recursive: true, force: true });
    await rm(memoryFolder, { recursive: true, force: true });
  });

  test('neither in the database, nor in a file, nor in what the server prints, nor in its memory', async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'byline-leak-'));
    memoryFolder = await mkdtemp(join(tmpdir(), 'byline-memory-'));
    const databaseUrl = engineName === 'postgres' ? await freshPostgresDatabase() : undefined;
    const port = await freePort();
    const bank = await startIdentityProvider(`http://127.0.0.1:${port}/me/apply/verified`);
    provider = bank;
    const settings = {
      BYLINE_LOG_LEVEL: 'trace',
      BYLINE_OIDC_ISSUER: bank.issuer,
      BYLINE_OIDC_CLIENT_ID: CLIENT_ID,
    } as const;
    const nodeOptions = [...SNAPSHOTS, `--diagnostic-dir=${memoryFolder}`];
    const started = await startServerProcess({
      dataFolder,
      databaseUrl,
      port,
      settings,
      nodeOptions,
    });
    server = started;
    const office = await openOffice({ url: started.url, setupLink: () => linkIn(started) });
    const people = await Promise.all(['ada', 'bob', 'cleo', 'dora', 'emil'].map((name) => signUp(office.server, name)));
    await everyFate(office, people);
    await openedByCustodians(office);
    await shownByTheBank(office, bank);
    const memory = await memoryOf(started, office, memoryFolder);
    const files = await filesIn(dataFolder);
    expect(files.some((file) => file.length > 30_000)).toBe(true);
    expect(await started.stop()).toBe(0);

    const places = [memory, ...files, ...(await filesIn(dataFolder)), Buffer.from(started.printed())];
    if (databaseUrl !== undefined) places.push(...(await rowsIn(dataFolder, databaseUrl)));
    const holds = (text: string): boolean => formsOf(text).some((form) => places.some((place) => place.includes(form)));
    // The search finds what is there.
    expect(memory.includes('All that courier has to say.')).toBe(true);
    expect(holds('All that courier has to say.')).toBe(true);
    for (const secret of SECRETS) expect([secret, holds(secret)]).toEqual([secret, false]);
  }, 90_000);
});

/** Has Node write all that a process holds to a file, with long texts whole, when it is sent the signal. */
const SNAPSHOTS = ['--heapsnapshot-signal=SIGUSR2', '--heap-snapshot-string-limit=100000000'];

/** What a running server holds in its memory. */
const memoryOf = async ({ child }: ServerProcess, office: Office, folder: string): Promise<Buffer> => {
  child.kill('SIGUSR2');
  await vi.waitFor(async () => expect(await readdir(folder)).toHaveLength(1), { timeout: 20_000 });
  // It writes all of it before it answers anybody again.
  await office.reviewer.expectOk.get(byline('/review/queue'));
  const [memory = Buffer.alloc(0)] = await filesIn(folder);
  return memory;
};

const linkIn = (server: ServerProcess): Promise<string> =>
  vi.waitFor(() => {
    const [link] = /http\S+\/setup#\S+/.exec(server.printed()) ?? [];
    if (link === undefined) throw new Error('The server has printed no link yet.');
    return link;
  });

/** An identity that custodians hold, and that two of them have read in their browsers. */
const openedByCustodians = async (office: Office): Promise<void> => {
  const [kim, lea, max] = await Promise.all(['kim', 'lea', 'max'].map((name) => hireCustodian(office, name)));
  if (!kim || !lea || !max) throw new Error('There are too few custodians.');
  await installCustodians(office.administrator, [kim, lea, max]);
  const fay = await signUp(office.server, 'fay');
  await approveSealed(office, await applyPersonally(office, fay));
  const fields = ['legal_name', 'document_number'] as const;
  const order = await fileOrder(office.administrator, Date.now(), { scope: { user_id: fay.userId }, fields });
  const asked = await kim.browser.ask(order.content.id, fields);
  await lea.browser.join(asked.opening);
  const read = await kim.browser.read(asked);
  expect(read.map(({ value }) => value).toSorted()).toEqual([IDENTITY.document_number, IDENTITY.legal_name]);
};

/** A name that a bank knows and signs: from there it goes to the applicant's browser, and sealed from that. */
const shownByTheBank = async (office: Office, bank: IdentityProvider): Promise<void> => {
  const gus = await signUp(office.server, 'gus');
  const id = await draftWithoutEvidence(office, gus, publicPart('ledger'));
  const { proven } = await verifyAt(bank, office, gus, id);
  expect(proven.identity).toMatchObject({ legal_name: IDENTITY.legal_name, document_number: IDENTITY.document_number });
  await gus.expectOk.post(byline(`/applications/${id}/submit`));
};

/** Applications that are approved, refused, withdrawn, asked to change, waiting, not sent, and sent wrongly. */
const everyFate = async (office: Office, [ada, bob, cleo, dora, emil]: readonly Person[]): Promise<void> => {
  if (!ada || !bob || !cleo || !dora || !emil) throw new Error('There are too few people.');
  await decide(office.reviewer, (await apply(office, ada, publicPart('courier'))).id, { decision: 'approve' });
  await mustPublish(ada, 'courier', 'Good morning');
  await decide(office.reviewer, (await applyPersonally(office, bob)).id, { decision: 'approve' });
  await decide(office.reviewer, (await apply(office, cleo, publicPart('rumour'))).id, { decision: 'refuse' });
  const asked = await apply(office, dora, publicPart('clinic'));
  await decide(office.reviewer, asked.id, { decision: 'ask-for-changes' });
  await apply(office, dora, publicPart('clinic-two'));
  await dora.expectOk.post(byline(`/applications/${(await draft(office, dora, publicPart('gone'))).id}/withdraw`));

  // A client that forgets to seal is refused, and what it sent is not kept.
  const { id } = await draft(office, emil, publicPart('hasty'));
  const inTheClear = new TextEncoder().encode(DOCUMENT_TEXT.repeat(2_000));
  const query = `piece=document-front&kid=${office.key.kid}`;
  await upload(office.server, emil, id, query, inTheClear);
  await emil.put(byline(`/applications/${id}`), { identity: IDENTITY });
  await emil.post(byline('/applications'), { purpose: 'public-account', public: { ...IDENTITY } });
};
