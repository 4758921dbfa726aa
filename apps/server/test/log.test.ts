import { DomainError, EventId, type JsonObject, RoomId, UserId } from '@byline/protocol';
import type { Batch } from '@byline/server/platform/log/batch.ts';
import type { EventEntry, LogEntry, SubscriptionEntry } from '@byline/server/platform/log/entry.ts';
import { Tail } from '@byline/server/platform/log/tail.ts';
import type { Writer } from '@byline/server/platform/engine/engine.ts';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ENGINES, type FeatureServer, startFeatureServer } from './feature-server.ts';

const room = RoomId.parse('!room:byline.test');
const user = UserId.parse('@ada:byline.test');

const insertNotes = async (writer: Writer, rows: readonly { position: number; word: string }[]): Promise<void> => {
  for (const { position, word } of rows) await sql`insert into notes values (${position}, ${word})`.execute(writer);
};

const event =
  (eventId: string, redacts?: EventEntry, content: JsonObject = {}) =>
  (batch: Batch) =>
    batch.place<EventEntry>({
      kind: 'event',
      roomId: room,
      audience: 'members',
      eventId: EventId.parse(eventId),
      pdu: {
        type: 'm.room.message',
        sender: user,
        content,
        depth: 1,
        prev_events: [],
        auth_events: [],
        origin_server_ts: 0,
        hashes: { sha256: '' },
        signatures: {},
      },
      redactedBy: undefined,
      redacts,
      replaces: undefined,
      transaction: undefined,
    });

const note = (word: string) => (batch: Batch) => {
  const entry = batch.place<SubscriptionEntry>({
    kind: 'subscription',
    userId: user,
    roomId: room,
    subscribed: true,
  });
  batch.gather(insertNotes, { position: entry.position, word });
  return entry.position;
};

describe.each(ENGINES)('the log on %s', (engineName) => {
  let server: FeatureServer;

  beforeEach(async () => {
    server = await startFeatureServer(engineName);
    await server.engine.transaction((writer) =>
      sql`create table notes (position bigint, word text unique)`.execute(writer),
    );
  });

  afterEach(() => server.dispose());

  const notes = async (): Promise<readonly { position: number; word: string }[]> => {
    const read = sql<{ position: number; word: string }>`select position, word from notes order by position`;
    return (await read.execute(server.engine.reader)).rows;
  };

  test('appends of many are durable in one order, and followers hear them in it', async () => {
    const heard: LogEntry[] = [];
    server.log.follow((entries) => heard.push(...entries));
    const words = Array.from({ length: 1_500 }, (_, index) => `word ${index}`);
    const positions = await Promise.all(words.map((word) => server.log.append(note(word))));
    expect(positions).toEqual(words.map((_, index) => index + 1));
    expect(heard.map((entry) => entry.position)).toEqual(positions);
    expect((await notes()).map(({ word }) => word)).toEqual(words);
    expect(server.log.position).toBe(1_500);
  });

  test('is answered only when it is durable', async () => {
    await server.log.append(note('first'));
    expect(await notes()).toEqual([{ position: 1, word: 'first' }]);
  });

  test('a decision that refuses takes nothing with it and leaves nothing behind', async () => {
    const refuse = async (batch: Batch): Promise<never> => {
      note('refused')(batch);
      await batch.atOnce((writer) => insertNotes(writer, [{ position: 0, word: 'at once' }]));
      throw new DomainError('M_FORBIDDEN', 'no');
    };
    const outcomes = await Promise.allSettled([
      server.log.append(note('before')),
      server.log.append(refuse),
      server.log.append(note('after')),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await notes()).toEqual([
      { position: 1, word: 'before' },
      { position: 2, word: 'after' },
    ]);
  });

  test('one whose rows the engine refuses fails alone', async () => {
    const heard: LogEntry[] = [];
    server.log.follow((entries) => heard.push(...entries));
    const outcomes = await Promise.allSettled(['a', 'b', 'a', 'c'].map((word) => server.log.append(note(word))));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(await notes()).toEqual([
      { position: 1, word: 'a' },
      { position: 2, word: 'b' },
      { position: 3, word: 'c' },
    ]);
    expect(heard.map((entry) => entry.position)).toEqual([1, 2, 3]);
  });

  test('goes on where it stood after a restart', async () => {
    await server.log.append(note('one'));
    await server.stop();
    server = await server.restart();
    expect(server.log.position).toBe(1);
    expect(await server.log.append(note('two'))).toBe(2);
  });

  test('closing makes durable what was taken, and takes no more', async () => {
    const taken = Array.from({ length: 20 }, (_, index) => server.log.append(note(`word ${index}`)));
    await server.log.close();
    await expect(server.log.append(note('late'))).rejects.toMatchObject({ code: 'BYLINE_UNAVAILABLE' });
    await expect(Promise.all(taken)).resolves.toHaveLength(20);
    expect(await notes()).toHaveLength(20);
  });

  test('refuses to go on when somebody else has appended to it', async () => {
    await server.engine.transaction((writer) => sql`update log_head set position = 7`.execute(writer));
    await expect(server.log.append(note('lost'))).rejects.toThrow('another process');
    expect(await notes()).toEqual([]);
  });

  test('the tail reaches back as far as it is long, and shows what was redacted as it is now', async () => {
    const tail = new Tail(server.log, 10);
    const first = await server.log.append(event('$a'));
    await server.log.append(event('$b', { ...first, redactedBy: { eventId: EventId.parse('$b'), pdu: first.pdu } }));
    expect(tail.after(0)?.map((entry) => entry.kind === 'event' && entry.redactedBy?.eventId)).toEqual([
      '$b',
      undefined,
    ]);
    for (let index = 0; index < 30; index += 1) await server.log.append(note(`word ${index}`));
    expect(tail.after(0)).toBeUndefined();
    expect(tail.after(31)?.map((entry) => entry.position)).toEqual([32]);
    expect(tail.after(32)).toEqual([]);
  });

  test('the tail keeps less of what is large', async () => {
    const tail = new Tail(server.log, 1_000, 100_000);
    for (let index = 0; index < 30; index += 1) {
      await server.log.append(event(`$${index}`, undefined, { body: 'x'.repeat(20_000) }));
    }
    expect(tail.after(0)).toBeUndefined();
    expect(tail.after(20)).toBeUndefined();
    expect(tail.after(27)?.map((entry) => entry.position)).toEqual([28, 29, 30]);
  });
});
