import { DomainError } from '@byline/protocol';
import { deleteProfileField, getProfile, getProfileField, setProfileField } from '@byline/protocol/matrix/profile.ts';
import { searchUsers } from '@byline/protocol/matrix/user-directory.ts';
import type { Edge } from '../../platform/http/edge.ts';
import type { Session } from '../../platform/http/session.ts';
import type { Users } from './service.ts';

/** Profiles and the user directory. */
export const serveUsers = (edge: Edge, users: Users): void => {
  edge.serve(getProfile, ({ params }) => users.profile(params.userId));
  edge.serve(getProfileField, ({ params }) => users.profileField(params.userId, params.keyName));

  edge.serve(setProfileField, async ({ caller, params: { userId, keyName }, body }) => {
    requireForGuests(caller, keyName);
    const value = Object.hasOwn(body, keyName) ? body[keyName] : undefined;
    if (value === undefined) throw new DomainError('M_MISSING_PARAM', 'The body lacks the field that is to be set.');
    await users.setOwnProfileField(caller.userId, userId, keyName, value);
    return {};
  });

  edge.serve(deleteProfileField, async ({ caller, params: { userId, keyName } }) => {
    requireForGuests(caller, keyName);
    await users.setOwnProfileField(caller.userId, userId, keyName, undefined);
    return {};
  });

  edge.serve(searchUsers, async ({ body }) => {
    const { results, limited } = await users.search(body.search_term, body.limit);
    return {
      limited,
      results: results.map(({ userId, displayname, avatarUrl }) => ({
        user_id: userId,
        ...(displayname === undefined ? {} : { display_name: displayname }),
        ...(avatarUrl === undefined ? {} : { avatar_url: avatarUrl }),
      })),
    };
  });
};

/** Specification, client-server API: "Guest Access". */
const requireForGuests = ({ isGuest }: Session, keyName: string): void => {
  if (isGuest === true && keyName !== 'displayname')
    throw new DomainError('M_GUEST_ACCESS_FORBIDDEN', 'Guests can change only their name. Please sign up.');
};
