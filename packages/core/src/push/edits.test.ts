import { DomainError } from '@byline/protocol/errors.ts';
import { UserId } from '@byline/protocol/ids.ts';
import type { Json } from '@byline/protocol/json.ts';
import { describe, expect, test } from 'vitest';
import { actionsFrom } from './actions.ts';
import { deleteRule, enableRule, putRule, setRuleActions } from './edits.ts';
import type { RulePlace } from './edits.ts';
import { NO_PUSH_SETTINGS, rulesetOf } from './ruleset.ts';
import type { PushSettings, RuleKind } from './ruleset.ts';

const ALICE = UserId.parse('@alice:example.org');
const SILENT = { actions: [] };

/** Rules are added one by one, so the last is the most important. */
const withRules = (...ids: readonly string[]): PushSettings =>
  ids.reduce((settings, id) => putRule(settings, 'override', id, SILENT), NO_PUSH_SETTINGS);
const ids = (settings: PushSettings, kind: RuleKind = 'override'): readonly string[] =>
  rulesetOf(ALICE, settings)[kind].map((rule) => rule.rule_id);
const ownIds = (settings: PushSettings): readonly string[] => ids(settings).filter((id) => !id.startsWith('.'));

describe('the rules of somebody who changed nothing', () => {
  test('are the server’s, in the specification’s order', () => {
    const { override, content, room, sender, underride } = rulesetOf(ALICE, NO_PUSH_SETTINGS);
    expect(override.map((rule) => rule.rule_id)).toEqual([
      '.m.rule.master',
      '.m.rule.suppress_notices',
      '.m.rule.invite_for_me',
      '.m.rule.member_event',
      '.m.rule.is_user_mention',
      '.m.rule.is_room_mention',
      '.m.rule.tombstone',
      '.m.rule.reaction',
      '.m.rule.room.server_acl',
      '.m.rule.poll_response',
      '.org.matrix.msc3930.rule.poll_response',
      '.m.rule.suppress_edits',
    ]);
    expect(underride.map((rule) => rule.rule_id)).toEqual([
      '.m.rule.call',
      '.m.rule.encrypted_room_one_to_one',
      '.m.rule.room_one_to_one',
      '.m.rule.message',
      '.m.rule.encrypted',
      ...['.m.rule', '.org.matrix.msc3930.rule'].flatMap((prefix) => [
        `${prefix}.poll_start_one_to_one`,
        `${prefix}.poll_start`,
        `${prefix}.poll_end_one_to_one`,
        `${prefix}.poll_end`,
      ]),
    ]);
    expect([content, room, sender]).toEqual([[], [], []]);
    expect(override.filter((rule) => !rule.enabled).map((rule) => rule.rule_id)).toEqual(['.m.rule.master']);
    expect([...override, ...underride].every((rule) => rule.default)).toBe(true);
  });

  test('name the user where the specification does', () => {
    expect(rulesetOf(ALICE, NO_PUSH_SETTINGS).override[4]).toEqual({
      rule_id: '.m.rule.is_user_mention',
      default: true,
      enabled: true,
      conditions: [{ kind: 'event_property_contains', key: 'content.m\\.mentions.user_ids', value: ALICE }],
      actions: ['notify', { set_tweak: 'sound', value: 'default' }, { set_tweak: 'highlight' }],
    });
  });
});

describe('putRule', () => {
  test('a new rule is the most important of the user’s, behind the master switch', () => {
    expect(ids(withRules('a', 'b')).slice(0, 4)).toEqual(['.m.rule.master', 'b', 'a', '.m.rule.suppress_notices']);
    const underride = putRule(NO_PUSH_SETTINGS, 'underride', 'a', SILENT);
    expect(ids(underride, 'underride').slice(0, 2)).toEqual(['a', '.m.rule.call']);
  });

  test.each<[RulePlace, readonly string[]]>([
    [{}, ['new', 'c', 'b', 'a']],
    [{ before: 'b' }, ['c', 'new', 'b', 'a']],
    [{ after: 'b' }, ['c', 'b', 'new', 'a']],
    [{ after: 'a' }, ['c', 'b', 'a', 'new']],
    [{ before: 'c', after: 'a' }, ['new', 'c', 'b', 'a']],
  ])('a new rule at %j', (place, expected) => {
    expect(ownIds(putRule(withRules('a', 'b', 'c'), 'override', 'new', SILENT, place))).toEqual(expected);
  });

  test.each<[RulePlace, readonly string[]]>([
    [{}, ['c', 'b', 'a']],
    [{ before: 'c' }, ['a', 'c', 'b']],
    [{ after: 'c' }, ['c', 'a', 'b']],
  ])('replacing the last at %j', (place, expected) => {
    const settings = enableRule(withRules('a', 'b', 'c'), 'override', 'a', false);
    const replaced = putRule(settings, 'override', 'a', { actions: ['notify'] }, place);
    expect(ownIds(replaced)).toEqual(expected);
    expect(replaced.own.override.find((rule) => rule.rule_id === 'a')).toMatchObject({
      actions: ['notify'],
      enabled: false,
    });
  });

  test('each kind has what it matches by', () => {
    const asked = { actions: ['notify' as const], conditions: [{ kind: 'contains_display_name' }], pattern: 'cake' };
    const made = (kind: RuleKind) => putRule(NO_PUSH_SETTINGS, kind, 'id', asked).own[kind][0];
    const common = { rule_id: 'id', default: false, enabled: true, actions: ['notify'] };
    expect(made('override')).toStrictEqual({ ...common, conditions: asked.conditions });
    expect(made('underride')).toStrictEqual({ ...common, conditions: asked.conditions });
    expect(made('content')).toStrictEqual({ ...common, pattern: 'cake' });
    expect(made('room')).toStrictEqual(common);
    expect(made('sender')).toStrictEqual(common);
  });

  const long = 'x'.repeat(1025);
  test.each([
    ['a dot first', () => putRule(NO_PUSH_SETTINGS, 'room', '.mine', SILENT), 'M_INVALID_PARAM'],
    ['a slash', () => putRule(NO_PUSH_SETTINGS, 'room', 'a/b', SILENT), 'M_INVALID_PARAM'],
    ['a backslash', () => putRule(NO_PUSH_SETTINGS, 'room', 'a\\b', SILENT), 'M_INVALID_PARAM'],
    ['no pattern', () => putRule(NO_PUSH_SETTINGS, 'content', 'a', SILENT), 'M_MISSING_PARAM'],
    [
      'a long pattern',
      () => putRule(NO_PUSH_SETTINGS, 'content', 'a', { ...SILENT, pattern: long }),
      'M_INVALID_PARAM',
    ],
    [
      'a long pattern in a condition',
      () =>
        putRule(NO_PUSH_SETTINGS, 'override', 'a', { ...SILENT, conditions: [{ kind: 'event_match', pattern: long }] }),
      'M_INVALID_PARAM',
    ],
    ['before an unknown rule', () => putRule(withRules('a'), 'override', 'b', SILENT, { before: 'x' }), 'M_UNKNOWN'],
    ['after an unknown rule', () => putRule(withRules('a'), 'override', 'b', SILENT, { after: 'x' }), 'M_UNKNOWN'],
    ['before a rule of another kind', () => putRule(withRules('a'), 'room', 'b', SILENT, { before: 'a' }), 'M_UNKNOWN'],
    [
      'after a rule of the server',
      () => putRule(withRules('a'), 'override', 'b', SILENT, { after: '.m.rule.master' }),
      'M_UNKNOWN',
    ],
  ])('refuses %s', (_what, edit, code) => {
    expect(edit).toThrow(expect.objectContaining({ name: DomainError.name, code }));
  });
});

describe('deleteRule', () => {
  test('removes one', () => {
    expect(ownIds(deleteRule(withRules('a', 'b'), 'override', 'a'))).toEqual(['b']);
  });

  test.each([
    ['an unknown one', 'override', 'x'],
    ['one of another kind', 'underride', 'a'],
    ['one of the server’s', 'override', '.m.rule.master'],
  ] as const)('finds not %s', (_what, kind, id) => {
    expect(() => deleteRule(withRules('a'), kind, id)).toThrow(expect.objectContaining({ code: 'M_NOT_FOUND' }));
  });
});

const find = (settings: PushSettings, id: string) =>
  rulesetOf(ALICE, settings).override.find((rule) => rule.rule_id === id);

describe('enableRule and setRuleActions', () => {
  test.each(['a', '.m.rule.tombstone', '.m.rule.is_user_mention'])('change %s', (id) => {
    const before = withRules('a');
    const off = enableRule(before, 'override', id, false);
    const loud = setRuleActions(off, 'override', id, ['notify']);
    expect(find(loud, id)).toMatchObject({ enabled: false, actions: ['notify'] });
    expect(find(enableRule(loud, 'override', id, true), id)).toMatchObject({ enabled: true, actions: ['notify'] });
    expect(find(before, id)).toMatchObject({ enabled: true });
    expect(ids(loud)).toEqual(ids(before));
  });

  test.each([
    ['override', 'x'],
    ['override', '.m.rule.none'],
    ['underride', '.m.rule.master'],
    ['override', 'toString'],
  ] as const)('find no %s rule %s', (kind, id) => {
    const error = expect.objectContaining({ code: 'M_NOT_FOUND' });
    expect(() => enableRule(NO_PUSH_SETTINGS, kind, id, true)).toThrow(error);
    expect(() => setRuleActions(NO_PUSH_SETTINGS, kind, id, [])).toThrow(error);
  });
});

describe('actionsFrom', () => {
  test('keeps what is known and drops what is history', () => {
    const sent: readonly Json[] = [
      'dont_notify',
      'notify',
      'coalesce',
      { set_tweak: 'sound', value: 'x', more: 1 },
      { set_tweak: 'highlight' },
    ];
    expect(actionsFrom(sent)).toStrictEqual(['notify', { set_tweak: 'sound', value: 'x' }, { set_tweak: 'highlight' }]);
  });

  test.each([['ring'], [{}], [{ set_tweak: 1 }], [null], [['notify']]])('refuses %j', (action) => {
    expect(() => actionsFrom([action])).toThrow(expect.objectContaining({ code: 'M_INVALID_PARAM' }));
  });
});
