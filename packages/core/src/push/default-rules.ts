import { UserId } from '@byline/protocol/ids.ts';
import type { PushAction, PushCondition, PushRule, RuleKind } from './ruleset.ts';

/** The rules that a server gives to everyone (client-server API: "Predefined Rules", version 1.19). */

const HIGHLIGHT: PushAction = { set_tweak: 'highlight' };
const sound = (value: string): PushAction => ({ set_tweak: 'sound', value });

const matches = (key: string, pattern: string): PushCondition => ({ kind: 'event_match', key, pattern });
const IN_A_TALK_OF_TWO: PushCondition = { kind: 'room_member_count', is: '2' };

const rule = (
  name: string,
  conditions: readonly PushCondition[],
  actions: readonly PushAction[],
  enabled = true,
): PushRule => ({ rule_id: `.m.rule.${name}`, default: true, enabled, conditions, actions });

/** The switch that turns all notifications off. It alone stands before a user's own rules. */
export const MASTER: PushRule = rule('master', [], [], false);

const SUPPRESS_NOTICES = rule('suppress_notices', [matches('content.msgtype', 'm.notice')], []);
const MEMBER_EVENT = rule('member_event', [matches('type', 'm.room.member')], []);

const ROOM_MENTION = rule(
  'is_room_mention',
  [
    { kind: 'event_property_is', key: String.raw`content.m\.mentions.room`, value: true },
    { kind: 'sender_notification_permission', key: 'room' },
  ],
  ['notify', HIGHLIGHT],
);

const TOMBSTONE = rule(
  'tombstone',
  [matches('type', 'm.room.tombstone'), matches('state_key', '')],
  ['notify', HIGHLIGHT],
);

const REACTION = rule('reaction', [matches('type', 'm.reaction')], []);
const SERVER_ACL = rule('room.server_acl', [matches('type', 'm.room.server_acl'), matches('state_key', '')], []);

const SUPPRESS_EDITS = rule(
  'suppress_edits',
  [{ kind: 'event_property_is', key: String.raw`content.m\.relates_to.rel_type`, value: 'm.replace' }],
  [],
);

/**
 * Version 1.19 specifies no polls. MSC3930, which was accepted, says what rules they have, and clients look for them under
 * both names: that of the proposal, whose polls they send, and that which it will have.
 */
const POLLS = [
  { ruleId: 'm.rule', type: 'm.poll' },
  { ruleId: 'org.matrix.msc3930.rule', type: 'org.matrix.msc3381.poll' },
] as const;

const pollRule = (
  { ruleId, type }: (typeof POLLS)[number],
  name: string,
  what: 'start' | 'response' | 'end',
  actions: readonly PushAction[],
  conditions: readonly PushCondition[] = [],
): PushRule => ({
  rule_id: `.${ruleId}.poll_${name}`,
  default: true,
  enabled: true,
  conditions: [...conditions, { kind: 'event_property_is', key: 'type', value: `${type}.${what}` }],
  actions,
});

const POLL_RESPONSES = POLLS.map((poll) => pollRule(poll, 'response', 'response', []));

const POLL_UNDERRIDES = POLLS.flatMap((poll) =>
  (['start', 'end'] as const).flatMap((what) => [
    pollRule(poll, `${what}_one_to_one`, what, ['notify', sound('default')], [IN_A_TALK_OF_TWO]),
    pollRule(poll, what, what, ['notify']),
  ]),
);

const invitationOf = (user: UserId): PushRule =>
  rule(
    'invite_for_me',
    [matches('type', 'm.room.member'), matches('content.membership', 'invite'), matches('state_key', user)],
    ['notify', sound('default')],
  );

const mentionOf = (user: UserId): PushRule =>
  rule(
    'is_user_mention',
    [{ kind: 'event_property_contains', key: String.raw`content.m\.mentions.user_ids`, value: user }],
    ['notify', sound('default'), HIGHLIGHT],
  );

/** The override rules behind a user's own. */
export const defaultOverrides = (user: UserId): readonly PushRule[] => [
  SUPPRESS_NOTICES,
  invitationOf(user),
  MEMBER_EVENT,
  mentionOf(user),
  ROOM_MENTION,
  TOMBSTONE,
  REACTION,
  SERVER_ACL,
  ...POLL_RESPONSES,
  SUPPRESS_EDITS,
];

/** The underride rules behind a user's own. */
export const DEFAULT_UNDERRIDES: readonly PushRule[] = [
  rule('call', [matches('type', 'm.call.invite')], ['notify', sound('ring')]),
  rule(
    'encrypted_room_one_to_one',
    [IN_A_TALK_OF_TWO, matches('type', 'm.room.encrypted')],
    ['notify', sound('default')],
  ),
  rule('room_one_to_one', [IN_A_TALK_OF_TWO, matches('type', 'm.room.message')], ['notify', sound('default')]),
  rule('message', [matches('type', 'm.room.message')], ['notify']),
  rule('encrypted', [matches('type', 'm.room.encrypted')], ['notify']),
  ...POLL_UNDERRIDES,
];

/** The ids are the same for everyone. */
const ANYONE = UserId.parse('@anyone:example.org');

/** Which kind each of the server's rules is of, by its id. */
export const DEFAULT_RULE_KINDS: ReadonlyMap<string, RuleKind> = new Map<string, RuleKind>([
  ...[MASTER, ...defaultOverrides(ANYONE)].map(({ rule_id: id }): [string, RuleKind] => [id, 'override']),
  ...DEFAULT_UNDERRIDES.map(({ rule_id: id }): [string, RuleKind] => [id, 'underride']),
]);
