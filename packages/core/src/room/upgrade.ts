import type { Pdu, RoomVersion } from '@byline/protocol/event.ts';
import { type EventId, type RoomAlias, RoomId, type UserId } from '@byline/protocol/ids.ts';
import type { Json, JsonObject } from '@byline/protocol/json.ts';
import type { RoomState } from '../event/room-state.ts';
import { ROOM_VERSION_RULES } from '../event/room-version.ts';
import type { StateChange } from './presets.ts';
import { isLinked } from './space.ts';
import { upgradedPowerLevels } from './upgraded-power-levels.ts';

/** The room that is replaced. */
export interface OldRoom extends RoomState {
  readonly id: RoomId;
  readonly newest: EventId;
  readonly ofType: (type: string) => Iterable<Pdu>;
}

/** What a room's replacement is made from (client-server API: "Room Upgrades"). */
export interface UpgradePlan {
  readonly old: OldRoom;
  readonly version: RoomVersion;
  readonly upgrader: UserId;
  /** What the membership event says of the upgrader: `displayname`, `avatar_url`. */
  readonly profile: JsonObject;
  /** Counts only where the new version knows such creators. */
  readonly additionalCreators: readonly UserId[];
  /** Those that lead to the new room from now on. */
  readonly aliases: ReadonlySet<RoomAlias>;
  /** Whether the upgrader's word that the room belongs to a space counts there. */
  readonly mayLinkTo: (space: RoomId) => boolean;
}

/** What a room says of itself, whoever says it. */
const TRANSFERRED = [
  'm.room.server_acl',
  'm.room.encryption',
  'm.room.name',
  'm.room.avatar',
  'm.room.topic',
  'm.room.guest_access',
  'm.room.history_visibility',
] as const;

/** More, and every other room would wait for this one to be made. */
const MOST_BANS = 1_000;

/**
 * The state events that make a room's replacement, all sent by the upgrader, in the order in which they are allowed:
 * what it says of power comes last, so that the upgrader may say the rest whatever their level.
 */
export const upgradeEvents = (plan: UpgradePlan): readonly StateChange[] => [
  state('m.room.create', createContent(plan)),
  { type: 'm.room.member', stateKey: plan.upgrader, content: { membership: 'join', ...plan.profile } },
  ...TRANSFERRED.flatMap((type) => transferred(plan, type)),
  ...joinRules(plan),
  ...canonicalAlias(plan),
  ...children(plan),
  ...parents(plan),
  ...bans(plan),
  state('m.room.power_levels', upgradedPowerLevels(plan.old, plan.version, creatorsOfNew(plan))),
];

const createContent = ({ old, version, additionalCreators }: UpgradePlan): JsonObject => {
  const { type, 'm.federate': federates } = old.get('m.room.create', '')?.content ?? {};
  const knowsMore = ROOM_VERSION_RULES[version].creatorPower === 'infinite' && additionalCreators.length > 0;
  return {
    ...(type === undefined ? {} : { type }),
    // Who closed a room to other servers did not mean to open it by an upgrade.
    ...(federates === undefined ? {} : { 'm.federate': federates }),
    ...(knowsMore ? { additional_creators: [...new Set(additionalCreators)] } : {}),
    predecessor: { room_id: old.id, event_id: old.newest },
  };
};

const creatorsOfNew = ({ version, upgrader, additionalCreators }: UpgradePlan): ReadonlySet<string> =>
  ROOM_VERSION_RULES[version].creatorPower === 'infinite'
    ? new Set([upgrader, ...additionalCreators])
    : new Set([upgrader]);

const transferred = ({ old }: UpgradePlan, type: string): readonly StateChange[] => {
  const content = old.get(type, '')?.content;
  // What was redacted says nothing.
  return content === undefined || Object.keys(content).length === 0 ? [] : [state(type, content)];
};

/** A rule that the new version does not know becomes the nearest that it knows, never one that lets in more people. */
const joinRules = ({ old, version }: UpgradePlan): readonly StateChange[] => {
  const content = old.get('m.room.join_rules', '')?.content;
  if (content === undefined) return [];
  const { joinRules: known } = ROOM_VERSION_RULES[version];
  const wanted = [content['join_rule'], ...(content['join_rule'] === 'knock_restricted' ? ['restricted'] : [])];
  const rule = wanted.find((name) => typeof name === 'string' && known.has(name)) ?? 'invite';
  return [state('m.room.join_rules', { ...content, join_rule: rule })];
};

/** As far as the aliases move. */
const canonicalAlias = ({ old, aliases }: UpgradePlan): readonly StateChange[] => {
  const { alias, alt_aliases: alternatives } = old.get('m.room.canonical_alias', '')?.content ?? {};
  const moves = (name: Json | undefined): boolean => aliases.has(name as RoomAlias);
  const kept = Array.isArray(alternatives) ? alternatives.filter(moves) : [];
  const content = {
    ...(alias !== undefined && moves(alias) ? { alias } : {}),
    ...(kept.length === 0 ? {} : { alt_aliases: kept }),
  };
  return Object.keys(content).length === 0 ? [] : [state('m.room.canonical_alias', content)];
};

/** A space keeps its rooms. */
const children = ({ old }: UpgradePlan): readonly StateChange[] =>
  linked(old.ofType('m.space.child')).map((pdu) => changeOf(pdu));

/** Whether a room belongs to a space depends on who says so, so only what the upgrader may say is said again. */
const parents = ({ old, mayLinkTo }: UpgradePlan): readonly StateChange[] =>
  linked(old.ofType('m.space.parent'))
    .filter((pdu) => {
      const space = RoomId.safeParse(pdu.state_key);
      return space.success && mayLinkTo(space.data);
    })
    .map((pdu) => changeOf(pdu));

const linked = (events: Iterable<Pdu>): readonly Pdu[] => [...events].filter(({ content }) => isLinked(content));

/**
 * NOTSPEC: no memberships should be transferred, because a server can't speak for the users of others. A ban is the word of
 * who pronounces it, and who was kept out should not come in again by an upgrade.
 */
const bans = (plan: UpgradePlan): readonly StateChange[] => {
  const creators = creatorsOfNew(plan);
  return [...plan.old.ofType('m.room.member')]
    .filter(({ content, state_key: user = '' }) => content['membership'] === 'ban' && !creators.has(user))
    .slice(-MOST_BANS)
    .map(({ content: { reason }, state_key: user = '' }) => ({
      type: 'm.room.member',
      stateKey: user,
      content: { membership: 'ban', ...(reason === undefined ? {} : { reason }) },
    }));
};

const changeOf = ({ type, state_key: stateKey = '', content }: Pdu): StateChange => ({ type, stateKey, content });

const state = (type: string, content: JsonObject): StateChange => ({ type, stateKey: '', content });
