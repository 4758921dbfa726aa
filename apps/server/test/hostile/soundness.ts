import { type GraphTables, ACCOUNT_ROOMS, CONVERSATIONS, type TableSet } from '@byline/server/features/graph/tables.ts';
import { Engine, type Reader } from '@byline/server/platform/engine/engine.ts';
import { type Kysely, sql } from 'kysely';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Where a stopped server's data is. */
interface Data {
  readonly dataFolder: string;
  readonly databaseUrl: string | undefined;
}

/** What is wrong in a stopped server's data, one line each. */
export const unsoundIn = async (data: Data): Promise<string[]> => {
  const engine = await Engine.open({ ...data, onConnectionLost: () => undefined });
  try {
    const found = [
      await brokenReferences(engine),
      await wrongPositions(engine.reader),
      await wrongState(engine.reader, CONVERSATIONS),
      await wrongState(engine.reader, ACCOUNT_ROOMS),
      await wrongBlobs(engine.reader, join(data.dataFolder, 'media'), ['media', 'media_thumbnails']),
      await wrongBlobs(engine.reader, join(data.dataFolder, 'evidence'), ['evidence']),
    ];
    return found.flat();
  } finally {
    await engine.close();
  }
};

const brokenReferences = async ({ dialect, reader }: Engine): Promise<string[]> => {
  // PostgreSQL lets none be.
  if (dialect === 'postgres') return [];
  const checks = [sql<object>`pragma foreign_key_check`, sql<{ integrity_check: string }>`pragma integrity_check`];
  const [broken, whole] = await Promise.all(checks.map((check) => check.execute(reader)));
  const rows = [...(broken?.rows ?? []), ...(whole?.rows ?? []).filter((row) => JSON.stringify(row) !== WHOLE)];
  return rows.map((row) => `SQLite says ${JSON.stringify(row)}`);
};
const WHOLE = '{"integrity_check":"ok"}';

/** The tables whose rows are entries of the log. In others a position is of an entry elsewhere. */
const ENTRIES = ['events', 'account_events', 'receipts', 'account_data', 'subscriptions'] as const;
/** Of these one entry may have several rows: one for each who is told. */
const ENTRIES_FOR_MANY = ['to_device_messages', 'device_list_changes'] as const;

/** No position twice, and none after the head. */
const wrongPositions = async (reader: Reader): Promise<string[]> => {
  type Table = (typeof ENTRIES)[number] | (typeof ENTRIES_FOR_MANY)[number];
  const tables = reader.withTables<Record<Table | 'log_head', { position: number }>>();
  const { position: head } = await tables.selectFrom('log_head').select('position').executeTakeFirstOrThrow();
  const holders = new Map<number, string>();
  const wrong: string[] = [];
  const look = (table: Table, rows: readonly { readonly position: number }[]): void => {
    for (const { position } of rows) {
      const other = holders.get(position);
      if (other !== undefined) wrong.push(`position ${position} is in ${other} and in ${table}`);
      if (position > head) wrong.push(`position ${position} of ${table} is after the head, ${head}`);
      holders.set(position, table);
    }
  };
  for (const table of ENTRIES) look(table, await tables.selectFrom(table).select('position').execute());
  for (const table of ENTRIES_FOR_MANY)
    look(table, await tables.selectFrom(table).select('position').distinct().execute());
  return wrong;
};

/** The present state of each room is what its events make of it, one after the other. */
const wrongState = async (reader: Reader, { events, state, rooms }: TableSet): Promise<string[]> => {
  const tables: Kysely<GraphTables> = reader.withTables<GraphTables>();
  const folded = new Map<string, string>();
  const inOrder = await tables.selectFrom(events).selectAll().orderBy('position').execute();
  for (const { room_id, type, state_key, position, pdu } of inOrder) {
    if (state_key === null) continue;
    folded.set(JSON.stringify([room_id, type, state_key]), `${position} ${membershipOf(type, pdu)}`);
  }
  const kept = new Map<string, string>();
  for (const { room_id, type, state_key, position, membership } of await tables
    .selectFrom(state)
    .selectAll()
    .execute()) {
    kept.set(JSON.stringify([room_id, type, state_key]), `${position} ${membership}`);
  }
  const known = new Set((await tables.selectFrom(rooms).select('room_id').execute()).map(({ room_id }) => room_id));
  const homeless = inOrder.filter(({ room_id }) => !known.has(room_id));
  return [
    ...differences(folded, kept).map((difference) => `${state}: ${difference}`),
    ...homeless.map(({ event_id }) => `${events}: ${event_id} is in no room`),
  ];
};

const membershipOf = (type: string, pdu: string): string => {
  if (type !== 'm.room.member') return 'null';
  const { content } = JSON.parse(pdu) as { content: { membership?: unknown } };
  return typeof content.membership === 'string' ? content.membership : 'null';
};

const differences = (folded: ReadonlyMap<string, string>, kept: ReadonlyMap<string, string>): string[] => {
  const keys = new Set([...folded.keys(), ...kept.keys()]);
  return [...keys]
    .filter((key) => folded.get(key) !== kept.get(key))
    .map((key) => `${key} is ${kept.get(key)}, and its events say ${folded.get(key)}`);
};

type BlobTable = 'media' | 'media_thumbnails' | 'evidence';

/** Each blob has its row and its length, each row its blob, and nothing is half-written. */
const wrongBlobs = async (reader: Reader, folder: string, from: readonly BlobTable[]): Promise<string[]> => {
  const tables = reader.withTables<Record<BlobTable, { blob_id: string | null; size: number }>>();
  const sizes = new Map<string, number>();
  for (const table of from) {
    for (const { blob_id, size } of await tables.selectFrom(table).select(['blob_id', 'size']).execute())
      if (blob_id !== null) sizes.set(blob_id, size);
  }
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const found = new Map<string, number>();
  for (const { name, parentPath } of files) found.set(name, (await stat(join(parentPath, name))).size);
  const ids = new Set([...sizes.keys(), ...found.keys()]);
  return [...ids]
    .filter((id) => sizes.get(id) !== found.get(id))
    .map((id) => `the blob ${id} has ${found.get(id)} bytes, and its row says ${sizes.get(id)}`);
};
