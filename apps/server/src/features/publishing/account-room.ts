import { canonicalJson } from '@byline/core/event/canonical-json.ts';
import { type JsonObject, serverOf, type UserId } from '@byline/protocol';
import type { Qualification } from '@byline/protocol/byline/accounts.ts';
import type { EventDraft, RoomView } from '../graph/service.ts';
import type { Account } from './account.ts';

/** What everybody can read of an account in its room. */
export interface RoomDescription extends Pick<
  Account,
  'accountId' | 'handle' | 'userId' | 'name' | 'description' | 'picture'
> {
  /** `null`: the room says nothing of who is behind it. */
  readonly qualification: Qualification | null;
}

/** Only the account itself may do anything; in version 12 its creator stands above all levels and is not listed. */
const POWER_LEVELS = {
  users: {},
  users_default: 0,
  events: {},
  events_default: 100,
  state_default: 100,
  invite: 100,
  kick: 100,
  ban: 100,
  redact: 100,
};

export const creationOf = (userId: UserId): EventDraft => ({
  type: 'm.room.create',
  stateKey: '',
  sender: userId,
  content: {},
});

/** The state of a new account's room: an ordinary public room in which the account is alone. */
export const firstState = (description: RoomDescription): EventDraft[] => {
  const { userId, handle } = description;
  const [member, ...others] = describedState(description);
  return [
    ...(member === undefined ? [] : [member]),
    state(userId, 'm.room.power_levels', POWER_LEVELS),
    state(userId, 'm.room.join_rules', { join_rule: 'public' }),
    state(userId, 'm.room.history_visibility', { history_visibility: 'world_readable' }),
    state(userId, 'm.room.canonical_alias', { alias: `#${handle}:${serverOf(userId)}` }),
    ...others,
  ];
};

/** What must change in the room so that it says what the account is now. */
export const changedState = (room: RoomView, description: RoomDescription): EventDraft[] =>
  describedState(description).filter(({ type, stateKey = '', content }) => {
    const present = room.get(type, stateKey)?.content;
    return present === undefined || canonicalJson(present) !== canonicalJson(content);
  });

const describedState = ({ userId, name, description, picture, ...account }: RoomDescription): EventDraft[] => [
  {
    ...state(userId, 'm.room.member', {
      membership: 'join',
      displayname: name,
      ...(picture === null ? {} : { avatar_url: picture }),
    }),
    stateKey: userId,
  },
  state(userId, 'm.room.name', { name }),
  state(userId, 'm.room.topic', { topic: description }),
  state(userId, 'm.room.avatar', picture === null ? {} : { url: picture }),
  state(userId, 'im.byline.account', bylineOf(account)),
];

const bylineOf = ({
  accountId,
  handle,
  qualification,
}: Pick<RoomDescription, 'accountId' | 'handle' | 'qualification'>): JsonObject => {
  if (qualification === null) return { account_id: accountId, handle };
  const { label, ...granted } = qualification;
  return { account_id: accountId, handle, ...granted, ...(label === null ? {} : { label }) };
};

const state = (sender: UserId, type: string, content: JsonObject): EventDraft => ({
  type,
  stateKey: '',
  sender,
  content,
});
