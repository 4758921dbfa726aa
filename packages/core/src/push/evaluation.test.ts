import type { ClientEvent } from '@byline/protocol/event.ts';
import { EventId, RoomId, UserId } from '@byline/protocol/ids.ts';
import type { JsonObject } from '@byline/protocol/json.ts';
import { describe, expect, test } from 'vitest';
import type { PushContext } from './conditions.ts';
import { enableRule, putRule, setRuleActions } from './edits.ts';
import { evaluate, NO_PUSH } from './evaluation.ts';
import { NO_PUSH_SETTINGS, rulesetOf } from './ruleset.ts';
import type { PushCondition, PushSettings } from './ruleset.ts';

const ALICE = UserId.parse('@alice:example.org');
const BOB = UserId.parse('@bob:example.org');
const ROOM = RoomId.parse('!room');

const eventOf = (type: string, content: JsonObject, stateKey?: string): ClientEvent => ({
  event_id: EventId.parse('$event'),
  room_id: ROOM,
  type,
  sender: BOB,
  origin_server_ts: 1,
  content,
  ...(stateKey === undefined ? {} : { state_key: stateKey }),
});
const message = (body: string, more: JsonObject = {}): ClientEvent =>
  eventOf('m.room.message', { msgtype: 'm.text', body, ...more });

const inRoomOf = (memberCount: number, senderMayNotify = false): PushContext => ({
  user: ALICE,
  displayName: 'Alice A.',
  memberCount,
  senderMayNotify: (notification) => senderMayNotify && notification === 'room',
});

/** What becomes of an event for Alice, as a table writes it. */
const outcome = (event: ClientEvent, context = inRoomOf(10), settings = NO_PUSH_SETTINGS): string => {
  const { notify, highlight, sound } = evaluate(rulesetOf(ALICE, settings), event, context);
  return [
    notify ? 'notify' : 'silent',
    ...(highlight ? ['highlight'] : []),
    ...(sound === undefined ? [] : [sound]),
  ].join(' ');
};

describe('the server’s rules', () => {
  const mention = { 'm.mentions': { user_ids: [BOB, ALICE] } };
  const roomMention = { 'm.mentions': { room: true } };

  test.each([
    ['a message', message('hello'), inRoomOf(10), 'notify'],
    ['a message between two', message('hello'), inRoomOf(2), 'notify default'],
    ['an encrypted event', eventOf('m.room.encrypted', {}), inRoomOf(10), 'notify'],
    ['an encrypted event between two', eventOf('m.room.encrypted', {}), inRoomOf(2), 'notify default'],
    ['a notice', message('hello', { msgtype: 'm.notice' }), inRoomOf(2), 'silent'],
    ['a mention', message('hello', mention), inRoomOf(10), 'notify highlight default'],
    [
      'a mention in an edit',
      message('hello', { ...mention, 'm.relates_to': { rel_type: 'm.replace' } }),
      inRoomOf(10),
      'notify highlight default',
    ],
    ['an edit', message('hello', { 'm.relates_to': { rel_type: 'm.replace' } }), inRoomOf(2), 'silent'],
    ['a mention of somebody else', message('hello', { 'm.mentions': { user_ids: [BOB] } }), inRoomOf(10), 'notify'],
    ['the name in the text is no mention', message('hello alice and Alice A.'), inRoomOf(10), 'notify'],
    ['a mention of the room', message('hello', roomMention), inRoomOf(10, true), 'notify highlight'],
    ['a mention of the room without the power', message('hello', roomMention), inRoomOf(10), 'notify'],
    [
      'a mention of the room that is no boolean',
      message('x', { 'm.mentions': { room: 'true' } }),
      inRoomOf(10, true),
      'notify',
    ],
    ['an invitation', eventOf('m.room.member', { membership: 'invite' }, ALICE), inRoomOf(1), 'notify default'],
    ['an invitation of somebody else', eventOf('m.room.member', { membership: 'invite' }, BOB), inRoomOf(2), 'silent'],
    ['a join', eventOf('m.room.member', { membership: 'join' }, BOB), inRoomOf(2), 'silent'],
    ['a tombstone', eventOf('m.room.tombstone', {}, ''), inRoomOf(10), 'notify highlight'],
    ['no state of that type', eventOf('m.room.tombstone', {}), inRoomOf(10), 'silent'],
    ['a reaction', eventOf('m.reaction', {}), inRoomOf(2), 'silent'],
    ['a call', eventOf('m.call.invite', {}), inRoomOf(2), 'notify ring'],
    ['a poll', eventOf('m.poll.start', {}), inRoomOf(10), 'notify'],
    ['a poll between two', eventOf('m.poll.start', {}), inRoomOf(2), 'notify default'],
    ['an answer to a poll', eventOf('m.poll.response', {}), inRoomOf(2), 'silent'],
    ['the end of a poll', eventOf('m.poll.end', {}), inRoomOf(10), 'notify'],
    ['the end of a poll between two', eventOf('m.poll.end', {}), inRoomOf(2), 'notify default'],
    ['a poll of the proposal', eventOf('org.matrix.msc3381.poll.start', {}), inRoomOf(2), 'notify default'],
    ['an answer of the proposal', eventOf('org.matrix.msc3381.poll.response', {}), inRoomOf(2), 'silent'],
    ['the end of the proposal', eventOf('org.matrix.msc3381.poll.end', {}), inRoomOf(10), 'notify'],
    ['a server list', eventOf('m.room.server_acl', {}, ''), inRoomOf(2), 'silent'],
    ['a room name', eventOf('m.room.name', { name: 'Hall' }, ''), inRoomOf(2), 'silent'],
  ])('%s', (_what, event, context, expected) => {
    expect(outcome(event, context)).toBe(expected);
  });

  test('what one sent oneself', () => {
    const own = { ...message('hello', { 'm.mentions': { user_ids: [ALICE] } }), sender: ALICE };
    expect(evaluate(rulesetOf(ALICE, NO_PUSH_SETTINGS), own, inRoomOf(2))).toBe(NO_PUSH);
  });

  test('the master switch stands before everything', () => {
    const ownRule = putRule(NO_PUSH_SETTINGS, 'override', 'all', { actions: ['notify'] });
    expect(outcome(message('hello'), inRoomOf(2), enableRule(ownRule, 'override', '.m.rule.master', true))).toBe(
      'silent',
    );
  });

  test('other actions for a rule of the server', () => {
    const bell = [{ set_tweak: 'sound', value: 'bell' }, 'notify' as const];
    const settings = setRuleActions(NO_PUSH_SETTINGS, 'underride', '.m.rule.message', bell);
    expect(outcome(message('hello'), inRoomOf(10), settings)).toBe('notify bell');
  });
});

const holds = (condition: PushCondition, event: ClientEvent, context = inRoomOf(10)): boolean => {
  const settings = putRule(NO_PUSH_SETTINGS, 'override', 'try', {
    conditions: [condition],
    actions: [{ set_tweak: 'sound', value: 'held' }],
  });
  return outcome(event, context, settings) === 'silent held';
};

describe('conditions', () => {
  const odd = eventOf('x', {
    body: 'a cake',
    'm.federate': true,
    count: 1,
    none: null,
    list: ['a', 1, null, ['b'], { c: 1 }],
    object: {},
  });

  test.each<[PushCondition, boolean]>([
    [{ kind: 'event_match', key: 'content.body', pattern: 'cake' }, true],
    [{ kind: 'event_match', key: 'content.body', pattern: 'cak' }, false],
    [{ kind: 'event_match', key: 'content.count', pattern: '*' }, false],
    [{ kind: 'event_match', key: 'content.absent', pattern: '*' }, false],
    [{ kind: 'event_match', key: 'sender', pattern: '@bob*' }, true],
    [{ kind: 'event_match', key: 'sender', pattern: 'bob' }, false],
    [{ kind: 'event_match', key: 'type' }, false],
    [{ kind: 'event_match', pattern: 'x' }, false],
    [{ kind: 'event_property_is', key: String.raw`content.m\.federate`, value: true }, true],
    [{ kind: 'event_property_is', key: String.raw`content.m\.federate`, value: 'true' }, false],
    [{ kind: 'event_property_is', key: String.raw`content.m\.federate`, value: 1 }, false],
    [{ kind: 'event_property_is', key: 'content.count', value: 1 }, true],
    [{ kind: 'event_property_is', key: 'content.none', value: null }, true],
    [{ kind: 'event_property_is', key: 'content.absent', value: null }, false],
    [{ kind: 'event_property_is', key: 'content.absent' }, false],
    [{ kind: 'event_property_is', key: 'content.object', value: {} }, false],
    [{ kind: 'event_property_contains', key: 'content.list', value: 'a' }, true],
    [{ kind: 'event_property_contains', key: 'content.list', value: 1 }, true],
    [{ kind: 'event_property_contains', key: 'content.list', value: null }, true],
    [{ kind: 'event_property_contains', key: 'content.list', value: '1' }, false],
    [{ kind: 'event_property_contains', key: 'content.list', value: 'b' }, false],
    [{ kind: 'event_property_contains', key: 'content.list', value: ['b'] }, false],
    [{ kind: 'event_property_contains', key: 'content.body', value: 'a' }, false],
    [{ kind: 'event_property_contains', key: 'content.list' }, false],
    [{ kind: 'contains_display_name' }, false],
    [{ kind: 'sender_notification_permission' }, false],
    [{ kind: 'constructor' }, false],
    [{ kind: 'org.example.unknown' }, false],
  ])('%j: %s', (condition, expected) => {
    expect(holds(condition, odd)).toBe(expected);
  });

  test.each([
    ['2', [2]],
    ['==2', [2]],
    ['<2', [0, 1]],
    ['<=2', [0, 1, 2]],
    ['>2', [3, 4]],
    ['>=2', [2, 3, 4]],
    ['=2', []],
    ['two', []],
    ['', []],
    ['2.5', []],
  ])('room_member_count %j', (is, counts) => {
    const counted = [0, 1, 2, 3, 4].filter((count) => holds({ kind: 'room_member_count', is }, odd, inRoomOf(count)));
    expect(counted).toEqual(counts);
  });

  test.each([
    ['hello Alice A., come', 'Alice A.', true],
    ['hello alice a.', 'Alice A.', true],
    ['hello Alice', 'Alice A.', false],
    ['hello', '', false],
    ['hello', undefined, false],
  ])('contains_display_name: %j and %j', (body, displayName, expected) => {
    expect(holds({ kind: 'contains_display_name' }, message(body), { ...inRoomOf(10), displayName })).toBe(expected);
  });

  test('sender_notification_permission', () => {
    const condition = { kind: 'sender_notification_permission', key: 'room' };
    expect([holds(condition, odd, inRoomOf(10, true)), holds(condition, odd, inRoomOf(10, false))]).toEqual([
      true,
      false,
    ]);
    expect(holds({ ...condition, key: 'other' }, odd, inRoomOf(10, true))).toBe(false);
  });

  test('all of a rule’s conditions must hold; none always do', () => {
    const sound = [{ set_tweak: 'sound', value: 'held' }];
    const cake = { kind: 'event_match', key: 'content.body', pattern: 'cake' };
    const both = [cake, { ...cake, pattern: 'pie' }];
    const two = putRule(NO_PUSH_SETTINGS, 'override', 'try', { conditions: both, actions: sound });
    expect(outcome(message('a cake'), inRoomOf(10), two)).toBe('notify');
    expect(outcome(message('a cake and a pie'), inRoomOf(10), two)).toBe('silent held');
    const none = putRule(NO_PUSH_SETTINGS, 'override', 'try', { actions: sound });
    expect(outcome(odd, inRoomOf(10), none)).toBe('silent held');
  });
});

const sound = (value: string) => ({ actions: [{ set_tweak: 'sound', value }] });

describe('the order of kinds', () => {
  const steps: readonly ((settings: PushSettings) => PushSettings)[] = [
    (settings) => putRule(settings, 'underride', 'any', sound('underride')),
    (settings) => putRule(settings, 'sender', BOB, sound('sender')),
    (settings) => putRule(settings, 'room', ROOM, sound('room')),
    (settings) => putRule(settings, 'content', 'word', { ...sound('content'), pattern: 'cake' }),
    (settings) => putRule(settings, 'override', 'any', sound('override')),
  ];

  test('each kind stands before the next', () => {
    let settings = NO_PUSH_SETTINGS;
    const sounds = steps.map((step) => {
      settings = step(settings);
      return outcome(message('a cake'), inRoomOf(10), settings);
    });
    expect(sounds).toEqual(['silent underride', 'silent sender', 'silent room', 'silent content', 'silent override']);
  });

  test('rules for other rooms, senders and words do not match', () => {
    const settings = [
      (given: PushSettings) => putRule(given, 'sender', ALICE, sound('sender')),
      (given: PushSettings) => putRule(given, 'room', '!other', sound('room')),
      (given: PushSettings) => putRule(given, 'content', 'word', { ...sound('content'), pattern: 'pie' }),
    ].reduce((given, step) => step(given), NO_PUSH_SETTINGS);
    expect(outcome(message('a cake'), inRoomOf(10), settings)).toBe('notify');
  });

  test('a disabled rule never matches', () => {
    const muted = putRule(NO_PUSH_SETTINGS, 'room', ROOM, { actions: [] });
    expect(outcome(message('x'), inRoomOf(10), muted)).toBe('silent');
    expect(outcome(message('x'), inRoomOf(10), enableRule(muted, 'room', ROOM, false))).toBe('notify');
  });
});

describe('tweaks', () => {
  test.each([
    [{ set_tweak: 'highlight' }, true],
    [{ set_tweak: 'highlight', value: true }, true],
    [{ set_tweak: 'highlight', value: false }, false],
    [{ set_tweak: 'glow' }, false],
  ])('%j', (tweak, highlight) => {
    const settings = putRule(NO_PUSH_SETTINGS, 'room', ROOM, { actions: ['notify', tweak] });
    const result = evaluate(rulesetOf(ALICE, settings), message('x'), inRoomOf(10));
    expect(result).toStrictEqual({ notify: true, highlight, actions: ['notify', tweak] });
  });
});
