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
  BYLINE_LOG_LEVEL: z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` }).default('warn'),
});

/** The settings are wrong. Its message names every variable that is, a line each, and never repeats a value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

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
  };
};
