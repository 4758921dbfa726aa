import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { ServerName } from '@byline/protocol';
import { z } from 'zod';

/** What the provider sets. The names of the variables are a contract. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly serverName: ServerName;
  /** Where people reach the server, with no slash at the end. */
  readonly publicUrl: string;
  /** The folder of the database, the media and the signing key. */
  readonly dataFolder: string;
  /** `postgres://…`; absent: SQLite in the data folder. */
  readonly databaseUrl: string | undefined;
  readonly registration: 'open' | 'closed';
  /** Whether somebody may look in without signing up. */
  readonly guests: 'on' | 'off';
  readonly rateLimits: 'on' | 'off';
  /** Whether people who talk with each other see who is there. */
  readonly presence: 'on' | 'off';
  /** Addresses and networks of reverse proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  readonly logLevel: LogLevel;
  /** The identity provider that people can verify with; absent: none. */
  readonly openId: OpenIdSettings | undefined;
}

/** An identity provider that the administrator trusts. Browsers speak with it as a public client, so there is no secret. */
export interface OpenIdSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** What people know it by. */
  readonly name: string;
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const url = (protocols: readonly string[], example: string) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    error: `must be a URL such as ${example}`,
  });

const PREFIX_BITS: Readonly<Record<number, number>> = { 4: 32, 6: 128 };

/** An address, or a network in CIDR notation. */
const isNetwork = (value: string): boolean => {
  const [, address = '', prefix] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(value) ?? [];
  const bits = PREFIX_BITS[isIP(address)];
  const length = Number(prefix ?? bits);
  // Everywhere is no network: nobody's word would be worth anything.
  return bits !== undefined && length > 0 && length <= bits;
};

const networks = z
  .string()
  .transform((value) => value.split(',').map((one) => one.trim()))
  .refine((values) => values.every(isNetwork), {
    error: 'must be addresses or networks with commas between them, such as 127.0.0.1,10.0.0.0/8',
  });

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Encrypted, but on this machine, where providers are tried out. */
const isIssuer = (value: string): boolean => {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, search, hash } = new URL(value);
  return (protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname))) && search === '' && hash === '';
};

const Environment = z.object({
  BYLINE_HOST: z.string().min(1, { error: 'must name an address such as 127.0.0.1' }).default('127.0.0.1'),
  BYLINE_PORT: z
    .string()
    .regex(/^\d{1,5}$/, { error: 'must be a port number from 0 to 65535' })
    .transform(Number)
    .refine((port) => port <= 65_535, { error: 'must be a port number from 0 to 65535' })
    .default(8008),
  BYLINE_SERVER_NAME: ServerName.optional(),
  BYLINE_PUBLIC_URL: url(['http:', 'https:'], 'https://byline.example.org').optional(),
  BYLINE_DATA: z.string().min(1, { error: 'must name a folder' }).default('./data'),
  BYLINE_DATABASE_URL: url(['postgres:', 'postgresql:'], 'postgres://user@host/database').optional(),
  BYLINE_REGISTRATION: z.enum(['open', 'closed'], { error: 'must be "open" or "closed"' }).default('open'),
  BYLINE_GUESTS: z.enum(['on', 'off'], { error: 'must be "on" or "off"' }).default('off'),
  BYLINE_RATE_LIMITS: z.enum(['on', 'off'], { error: 'must be "on" or "off"' }).default('on'),
  BYLINE_PRESENCE: z.enum(['on', 'off'], { error: 'must be "on" or "off"' }).default('on'),
  BYLINE_TRUSTED_PROXIES: networks.default([]),
  BYLINE_OIDC_ISSUER: z
    .string()
    .refine(isIssuer, { error: 'must be the issuer of an identity provider, such as https://login.example.org' })
    .optional(),
  BYLINE_OIDC_CLIENT_ID: z
    .string()
    .min(1, { error: 'must be what the identity provider calls this server' })
    .optional(),
  BYLINE_OIDC_NAME: z.string().min(1, { error: 'must be what people call the identity provider' }).max(60).optional(),
  BYLINE_LOG_LEVEL: z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` }).default('warn'),
});

/** The settings are wrong. Its message names every variable that is, a line each, and never repeats a value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Throws `ConfigError` when one is set without the other. */
const openIdIn = (values: z.output<typeof Environment>): OpenIdSettings | undefined => {
  const { BYLINE_OIDC_ISSUER: issuer, BYLINE_OIDC_CLIENT_ID: clientId, BYLINE_OIDC_NAME: name } = values;
  if (issuer !== undefined && clientId !== undefined) return { issuer, clientId, name: name ?? new URL(issuer).host };
  if (issuer !== undefined) throw new ConfigError('BYLINE_OIDC_CLIENT_ID must be set, because BYLINE_OIDC_ISSUER is');
  if (clientId ?? name)
    throw new ConfigError('BYLINE_OIDC_ISSUER must be set, because another BYLINE_OIDC_ setting is');
  return undefined;
};

/** Reads the settings from the environment, once. Throws `ConfigError`. */
export const parseConfig = (environment: Readonly<Record<string, string | undefined>>): Config => {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('\n'));
  }
  const values = parsed.data;
  const publicUrl = (values.BYLINE_PUBLIC_URL ?? `http://${values.BYLINE_HOST}:${values.BYLINE_PORT}`).replace(
    /\/+$/,
    '',
  );
  return {
    host: values.BYLINE_HOST,
    port: values.BYLINE_PORT,
    serverName: values.BYLINE_SERVER_NAME ?? ServerName.parse(new URL(publicUrl).host),
    publicUrl,
    dataFolder: resolve(values.BYLINE_DATA),
    databaseUrl: values.BYLINE_DATABASE_URL,
    registration: values.BYLINE_REGISTRATION,
    guests: values.BYLINE_GUESTS,
    rateLimits: values.BYLINE_RATE_LIMITS,
    presence: values.BYLINE_PRESENCE,
    trustedProxies: values.BYLINE_TRUSTED_PROXIES,
    logLevel: values.BYLINE_LOG_LEVEL,
    openId: openIdIn(values),
  };
};
