import type { RoomVersion } from '@byline/protocol/event.ts';
import type { RoomAlias, UserId } from '@byline/protocol/ids.ts';
import type { JsonObject } from '@byline/protocol/json.ts';
import { ROOM_VERSION_RULES } from '../event/room-version.ts';
import { initialPowerLevels } from './initial-power-levels.ts';

export type RoomPreset = 'private_chat' | 'trusted_private_chat' | 'public_chat';

/** What a room is created from: the parameters of `POST /createRoom`, parsed, with what the server knows in addition. */
export interface RoomBlueprint {
  readonly version: RoomVersion;
  readonly creator: UserId;
  /** Absent: `visibility` decides. */
  readonly preset?: RoomPreset | undefined;
  /** Absent: `private`. */
  readonly visibility?: 'public' | 'private' | undefined;
  readonly canonicalAlias?: RoomAlias | undefined;
  readonly name?: string | undefined;
  readonly topic?: string | undefined;
  readonly invite?: readonly UserId[] | undefined;
  readonly isDirect?: boolean | undefined;
  readonly creationContent?: JsonObject | undefined;
  readonly initialState?: readonly StateChange[] | undefined;
  readonly powerLevelContentOverride?: JsonObject | undefined;
  /** What membership events say of a person: `displayname`, `avatar_url`. */
  readonly profileOf?: ((user: UserId) => JsonObject) | undefined;
}

/** A state event that is to be sent. */
export interface StateChange {
  readonly type: string;
  readonly stateKey: string;
  readonly content: JsonObject;
}

/**
 * The state events that create a room, in the order in which they are sent, all by the creator
 * (client-server API: `POST /createRoom`). Whether each is allowed, the authorisation rules say: a blueprint may ask for
 * what they refuse.
 */
export const creationEvents = (blueprint: RoomBlueprint): readonly StateChange[] => {
  const { creator, name, topic, canonicalAlias, initialState = [] } = blueprint;
  return [
    state('m.room.create', creationContent(blueprint)),
    { type: 'm.room.member', stateKey: creator, content: { membership: 'join', ...profileOf(blueprint, creator) } },
    state('m.room.power_levels', powerLevels(blueprint)),
    ...(canonicalAlias === undefined ? [] : [state('m.room.canonical_alias', { alias: canonicalAlias })]),
    ...presetState(presetOf(blueprint)).filter((change) => !includesSame(initialState, change)),
    ...initialState,
    ...(name === undefined ? [] : [state('m.room.name', { name })]),
    ...(topic === undefined ? [] : [state('m.room.topic', topicContent(topic))]),
    ...invitations(blueprint),
  ];
};

/** The preset that a blueprint means. */
const presetOf = ({ preset, visibility }: RoomBlueprint): RoomPreset =>
  preset ?? (visibility === 'public' ? 'public_chat' : 'private_chat');

const PRESETS: Readonly<Record<RoomPreset, { readonly joinRule: string; readonly guestAccess: string }>> = {
  private_chat: { joinRule: 'invite', guestAccess: 'can_join' },
  trusted_private_chat: { joinRule: 'invite', guestAccess: 'can_join' },
  public_chat: { joinRule: 'public', guestAccess: 'forbidden' },
};

const presetState = (preset: RoomPreset): readonly StateChange[] => [
  state('m.room.join_rules', { join_rule: PRESETS[preset].joinRule }),
  state('m.room.history_visibility', { history_visibility: 'shared' }),
  state('m.room.guest_access', { guest_access: PRESETS[preset].guestAccess }),
];

const creationContent = (blueprint: RoomBlueprint): JsonObject => {
  const { version, creator, creationContent: { creator: _overwritten, ...given } = {} } = blueprint;
  const { creatorIn, creatorPower } = ROOM_VERSION_RULES[version];
  return {
    ...given,
    room_version: version,
    ...(creatorIn === 'content' ? { creator } : {}),
    ...(creatorPower === 'infinite' && isTrusted(blueprint) ? additionalCreators(blueprint) : {}),
  };
};

/** Those named and those invited, each once. A list that is none is left for the authorisation rules to refuse. */
const additionalCreators = ({ creationContent: given, invite = [] }: RoomBlueprint): JsonObject => {
  const named = given?.['additional_creators'] ?? [];
  return Array.isArray(named) ? { additional_creators: [...new Set([...named, ...invite])] } : {};
};

const powerLevels = (blueprint: RoomBlueprint): JsonObject => {
  const { version, creator, invite = [], powerLevelContentOverride = {} } = blueprint;
  const generated = initialPowerLevels(version, {
    equals: [creator, ...(isTrusted(blueprint) ? invite : [])],
    everyoneInvites: presetOf(blueprint) !== 'public_chat',
    talkers: blueprint.creationContent?.['type'] === 'm.space' ? 'owners' : 'everyone',
  });
  return { ...generated, ...powerLevelContentOverride };
};

const topicContent = (topic: string): JsonObject => ({
  topic,
  'm.topic': { 'm.text': [{ mimetype: 'text/plain', body: topic }] },
});

const invitations = (blueprint: RoomBlueprint): readonly StateChange[] => {
  const direct: JsonObject = blueprint.isDirect === true ? { is_direct: true } : {};
  return [...new Set(blueprint.invite)].map((user) => ({
    type: 'm.room.member',
    stateKey: user,
    content: { membership: 'invite', ...direct, ...profileOf(blueprint, user) },
  }));
};

const profileOf = (blueprint: RoomBlueprint, user: UserId): JsonObject => blueprint.profileOf?.(user) ?? {};

const isTrusted = (blueprint: RoomBlueprint): boolean => presetOf(blueprint) === 'trusted_private_chat';

const state = (type: string, content: JsonObject): StateChange => ({ type, stateKey: '', content });

const includesSame = (changes: readonly StateChange[], { type, stateKey }: StateChange): boolean =>
  changes.some((change) => change.type === type && change.stateKey === stateKey);
