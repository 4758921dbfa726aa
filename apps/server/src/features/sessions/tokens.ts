import { hash, randomBytes, randomInt } from 'node:crypto';
import { DeviceId } from '@byline/protocol';
import type { Tokens } from '@byline/protocol/matrix/registration.ts';

const SECRET_BYTES = 32;

/** An access token that can be refreshed lives for an hour; one that can't does not expire. */
export const ACCESS_LIFETIME = 60 * 60_000;

/** Tokens for their owner, and what is kept of them. */
export interface NewTokens {
  readonly tokens: Tokens;
  readonly accessHash: string;
  readonly refreshHash: string | undefined;
}

export const makeTokens = (refreshable: boolean): NewTokens => {
  const accessToken = makeToken('byl_');
  if (!refreshable)
    return { tokens: { access_token: accessToken }, accessHash: digestOf(accessToken), refreshHash: undefined };
  const refreshToken = makeToken('bylr_');
  return {
    tokens: { access_token: accessToken, refresh_token: refreshToken, expires_in_ms: ACCESS_LIFETIME },
    accessHash: digestOf(accessToken),
    refreshHash: digestOf(refreshToken),
  };
};

/** The prefix lets leaked ones be recognised. */
const makeToken = (prefix: string): string => `${prefix}${randomBytes(SECRET_BYTES).toString('base64url')}`;

/** What is kept of a token. It has 256 random bits, so a plain hash is enough. */
export const digestOf = (token: string): string => hash('sha256', token, 'base64url');

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

export const makeDeviceId = (): DeviceId =>
  DeviceId.parse(Array.from({ length: 10 }, () => LETTERS[randomInt(LETTERS.length)]).join(''));
