import type { JsonObject, UserId } from '@byline/protocol';
import type { Profile, User } from '../users/service.ts';

/** What rooms ask of accounts. */
export interface People {
  readonly find: (userId: UserId) => Promise<Pick<User, 'kind' | 'deactivated'> | undefined>;
  /** Which of these are guests. */
  readonly guestsAmong: (userIds: readonly UserId[]) => Promise<readonly UserId[]>;
  /** Throws `M_NOT_FOUND`. */
  readonly profile: (userId: UserId) => Promise<Profile>;
}

/** What a member event says of a user besides the membership. */
export const memberProfile = ({ displayname, avatar_url: avatarUrl }: Profile): JsonObject => ({
  ...(displayname === undefined ? {} : { displayname }),
  ...(avatarUrl === undefined ? {} : { avatar_url: avatarUrl }),
});
