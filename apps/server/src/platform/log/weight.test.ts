import { EventId, type Json, type Pdu, RoomId, UserId } from '@byline/protocol';
import { describe, expect, test } from 'vitest';
import { weightOf } from './weight.ts';

const accountData = (content: Readonly<Record<string, Json>>) =>
  weightOf({
    kind: 'account-data',
    position: 1,
    userId: UserId.parse('@ada:byline.test'),
    roomId: null,
    type: 'a',
    content,
  });
const BARE = accountData({});

describe('an entry weighs what was written', () => {
  test.each<[string, Readonly<Record<string, Json>>, number]>([
    ['a text', { body: 'x'.repeat(1_000) }, 1_000],
    ['a name', { ['x'.repeat(1_000)]: 1 }, 1_000],
    ['a list', { list: Array.from({ length: 100 }, () => 'x'.repeat(10)) }, 1_000],
    ['what lies within', { a: { b: [{ c: 'x'.repeat(1_000) }] } }, 1_000],
    ['nothing beside something', { a: null, b: 'x'.repeat(1_000), c: null }, 1_000],
    ['many small things', { list: Array.from({ length: 1_000 }, () => 0) }, 1_000 * 16],
  ])('%s', (_what, content, atLeast) => {
    expect(accountData(content) - BARE).toBeGreaterThanOrEqual(atLeast);
    expect(accountData(content) - BARE).toBeLessThan(atLeast * 4);
  });

  test('a deep one as well', () => {
    let deep: Json = 'x'.repeat(1_000);
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect(accountData({ deep }) - BARE).toBeGreaterThan(1_000);
  });

  test('an event by its content', () => {
    const pdu = { content: { body: 'x'.repeat(60_000) } } as unknown as Pdu;
    const linked = { redactedBy: undefined, replaces: undefined, redacts: undefined, transaction: undefined };
    const [roomId, eventId] = [RoomId.parse('!room:byline.test'), EventId.parse('$event')];
    const entry = { kind: 'event', position: 1, audience: 'members', roomId, eventId, pdu, ...linked } as const;
    expect(weightOf(entry)).toBeGreaterThan(60_000);
  });
});
