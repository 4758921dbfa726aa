import { z } from 'zod';

/** The Matrix identifiers, parsed once at the door (specification, appendices: "Identifier Grammar"). */

const MAX_IDENTIFIER_BYTES = 255;
const fits = (value: string): boolean => new TextEncoder().encode(value).length <= MAX_IDENTIFIER_BYTES;

/** The engines keep UTF-8, in which all halves of characters look alike: two ids would become one. */
const isWhole = (value: string): boolean => value.isWellFormed();

const identifier = <Brand extends string>(pattern: RegExp, name: Brand) =>
  z
    .string()
    .regex(pattern, { error: `not a valid ${name}` })
    .refine(isWhole, { error: `a ${name} may hold no half of a character` })
    .refine(fits, { error: `a ${name} may have at most ${MAX_IDENTIFIER_BYTES} bytes` })
    .brand<Brand>();

const SERVER = String.raw`(?:\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9.-]{1,230})(?::\d{1,5})?`;

export const ServerName = identifier(new RegExp(`^${SERVER}$`), 'server name');
export type ServerName = z.infer<typeof ServerName>;

/** `@localpart:server`, with the historical grammar that events of other servers may carry. */
export const UserId = identifier(new RegExp(`^@[\\x21-\\x39\\x3B-\\x7E]*:${SERVER}$`), 'user id');
export type UserId = z.infer<typeof UserId>;

/** `!opaque:server` up to room version 11, `!hash` from version 12 on. */
export const RoomId = identifier(/^![^\0:]+(?::[^\0]+)?$/, 'room id');
export type RoomId = z.infer<typeof RoomId>;

export const EventId = identifier(/^\$[^\0]+$/, 'event id');
export type EventId = z.infer<typeof EventId>;

export const RoomAlias = identifier(new RegExp(`^#[^\\0:]+:${SERVER}$`), 'room alias');
export type RoomAlias = z.infer<typeof RoomAlias>;

export const DeviceId = identifier(/^[^\0]+$/, 'device id');
export type DeviceId = z.infer<typeof DeviceId>;

/** `mxc://server/media` (specification, client-server API: "Matrix Content (mxc://) URIs"). */
export const MxcUri = identifier(new RegExp(`^mxc://${SERVER}/[A-Za-z0-9_-]+$`), 'mxc URI');
export type MxcUri = z.infer<typeof MxcUri>;

/** The localpart that this server gives to new users: lower case, no historical characters. */
export const Localpart = z
  .string()
  .regex(/^[a-z0-9._=/+-]{1,128}$/, { error: 'may have only a-z, 0-9 and . _ = - / +' })
  .brand<'localpart'>();
export type Localpart = z.infer<typeof Localpart>;

/** What stands after the first colon of a user id or an alias. */
export const serverOf = (id: UserId | RoomAlias): ServerName => id.slice(id.indexOf(':') + 1) as ServerName;

/** What stands between the sigil and the first colon of a user id or an alias. */
export const localpartOf = (id: UserId | RoomAlias): string => id.slice(1, id.indexOf(':'));

export const userIdOf = (localpart: Localpart, server: ServerName): UserId => UserId.parse(`@${localpart}:${server}`);
