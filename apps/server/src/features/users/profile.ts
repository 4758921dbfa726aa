import { DomainError, type Json, type JsonObject, MxcUri, type UserId } from '@byline/protocol';
import { searchNameOf } from './search-name.ts';
import type { ProfileRow } from './store.ts';

/** A profile as it is read over the API: only fields that have a value. */
export type Profile = JsonObject & { readonly displayname?: string; readonly avatar_url?: string };

const LONGEST_KEY_BYTES = 255;
const LARGEST_PROFILE_BYTES = 65_536;
const LONGEST_DISPLAYNAME = 256;

/** Specification, client-server API: "Profiles", and the Common Namespaced Identifier Grammar. */
const FIELD_NAME = /^(?:displayname|avatar_url|[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)+)$/;

/** Throws `M_INVALID_PARAM` or `M_KEY_TOO_LARGE` when a profile can't have such a field. */
export const requireFieldName = (name: string): void => {
  if (Buffer.byteLength(name) > LONGEST_KEY_BYTES)
    throw new DomainError('M_KEY_TOO_LARGE', `A profile field's name may have at most ${LONGEST_KEY_BYTES} bytes.`);
  if (!FIELD_NAME.test(name)) throw new DomainError('M_INVALID_PARAM', 'A profile has no field of that name.');
};

export const emptyProfile = (userId: UserId): ProfileRow => ({
  user_id: userId,
  displayname: null,
  avatar_url: null,
  further_fields: '{}',
  search_name: searchNameOf(userId, null),
});

export const profileOf = (row: ProfileRow): Profile => ({
  ...(row.displayname === null ? {} : { displayname: row.displayname }),
  ...(row.avatar_url === null ? {} : { avatar_url: row.avatar_url }),
  ...furtherFields(row),
});

/** The profile with one field set, or removed when `value` is undefined. Throws when the value can't be kept. */
export const withField = (row: ProfileRow, name: string, value: Json | undefined): ProfileRow => {
  const changed = requireSmall(changeField(row, name, value));
  return { ...changed, search_name: searchNameOf(row.user_id, changed.displayname) };
};

const changeField = (row: ProfileRow, name: string, value: Json | undefined): ProfileRow => {
  if (name === 'displayname') return { ...row, displayname: parseDisplayname(value) };
  if (name === 'avatar_url') return { ...row, avatar_url: parseAvatarUrl(value) };
  const { [name]: _replaced, ...others } = furtherFields(row);
  const fields = value === undefined ? others : { ...others, [name]: value };
  return { ...row, further_fields: JSON.stringify(fields) };
};

/** An empty name or picture, or `null`, is none. */
const isNone = (value: Json | undefined): boolean => value === undefined || value === null || value === '';

const parseDisplayname = (value: Json | undefined): string | null => {
  if (isNone(value)) return null;
  if (typeof value !== 'string' || value.includes('\0'))
    throw new DomainError('M_BAD_JSON', '"displayname" must be text.');
  if (value.length > LONGEST_DISPLAYNAME)
    throw new DomainError('M_INVALID_PARAM', `A display name may have at most ${LONGEST_DISPLAYNAME} characters.`);
  return value;
};

const parseAvatarUrl = (value: Json | undefined): string | null => {
  if (isNone(value)) return null;
  const parsed = MxcUri.safeParse(value);
  if (!parsed.success) throw new DomainError('M_BAD_JSON', '"avatar_url" must be an mxc URI.');
  return parsed.data;
};

const requireSmall = (row: ProfileRow): ProfileRow => {
  if (Buffer.byteLength(JSON.stringify(profileOf(row))) < LARGEST_PROFILE_BYTES) return row;
  throw new DomainError('M_PROFILE_TOO_LARGE', 'A profile may have at most 64 KiB.');
};

/** What was stored is JSON that `changeField` made. */
const furtherFields = (row: ProfileRow): JsonObject => JSON.parse(row.further_fields) as JsonObject;
