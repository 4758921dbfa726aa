import { UserId } from '@byline/protocol/ids.ts';
import type { JsonObject } from '@byline/protocol/json.ts';
import { entryOf, isJsonObject } from '../json.ts';

/** The account data in which a client keeps whom its user ignores (client-server API: "Ignoring Users"). */
export const IGNORED_USER_LIST = 'm.ignored_user_list';

/** Of whom its owner wants to hear nothing. What names nobody is passed over, and nobody can ignore themselves. */
export const ignoredIn = (content: JsonObject | undefined, owner: UserId): ReadonlySet<UserId> => {
  const listed = entryOf(content, 'ignored_users');
  if (!isJsonObject(listed)) return NOBODY;
  const users = Object.keys(listed)
    .map((name) => UserId.safeParse(name).data)
    .filter((user) => user !== undefined && user !== owner);
  return users.length === 0 ? NOBODY : new Set(users.filter((user) => user !== undefined));
};

const NOBODY: ReadonlySet<UserId> = new Set();
