import { localpartOf, type UserId } from '@byline/protocol';

/** What a search compares, so that width, case and composition of characters make no difference. */
export const searchable = (text: string): string => text.normalize('NFKC').toLowerCase().trim();

/** The names by which a user is found: display name and localpart, a line each. */
export const searchNameOf = (userId: UserId, displayname: string | null): string =>
  [displayname ?? '', localpartOf(userId)].map(searchable).join('\n');
