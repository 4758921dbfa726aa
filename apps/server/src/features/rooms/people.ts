import { DomainError, type JsonObject, type UserId } from '@byline/protocol';
import type { Profile, User } from '../users/service.ts';

/** What rooms ask of accounts. */
export interface People {
  readonly find: (userId: UserId) => Promise<Pick<User, 'kind' | 'deactivated'> | undefined>;
  /** Throws `M_NOT_FOUND`. */
  readonly profile: (userId: UserId) => Promise<Profile>;
}

/** What a member event says of a user besides the membership. */
export const memberProfile = ({ displayname, avatar_url: avatarUrl }: Profile): JsonObject => ({
  ...(displayname === undefined ? {} : { displayname }),
  ...(avatarUrl === undefined ? {} : { avatar_url: avatarUrl }),
});

/** Throws `M_NOT_FOUND` unless somebody can answer an invitation. */
export const requireInvitable = async (people: People, userId: UserId): Promise<void> => {
  const user = await people.find(userId);
  if (user?.kind !== 'person' || user.deactivated) {
    throw new DomainError('M_NOT_FOUND', `Nobody who could be invited is called ${userId} here.`);
  }
};
