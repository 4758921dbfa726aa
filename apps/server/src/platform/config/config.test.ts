import { describe, expect, test } from 'vitest';
import { ConfigError, parseConfig } from './config.ts';

describe('trusted proxies', () => {
  test('are none unless they are named', () => {
    expect(parseConfig({}).trustedProxies).toEqual([]);
  });

  test.each([
    ['127.0.0.1', ['127.0.0.1']],
    ['127.0.0.1, 10.0.0.0/8 ,::1,fd00::/8', ['127.0.0.1', '10.0.0.0/8', '::1', 'fd00::/8']],
  ])('%s are addresses and networks', (value, networks) => {
    expect(parseConfig({ BYLINE_TRUSTED_PROXIES: value }).trustedProxies).toEqual(networks);
  });

  test.each([
    '',
    'proxy.example.org',
    '127.0.0.1,',
    '10.0.0.0/33',
    '0.0.0.0/0',
    '::1/129',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    'true',
    '*',
  ])('"%s" are none, so nothing starts, and the setting is named', (value) => {
    expect(() => parseConfig({ BYLINE_TRUSTED_PROXIES: value })).toThrow(ConfigError);
    expect(() => parseConfig({ BYLINE_TRUSTED_PROXIES: value })).toThrow(/^BYLINE_TRUSTED_PROXIES must be addresses/);
  });
});

test('every setting that is wrong is named, a line each, and no value is repeated', () => {
  const wrong = { BYLINE_PORT: 'secret1', BYLINE_DATABASE_URL: 'mysql://secret2', BYLINE_REGISTRATION: 'secret3' };
  const reading = (): unknown => parseConfig(wrong);
  expect(reading).toThrow(/^BYLINE_PORT .*\nBYLINE_DATABASE_URL .*\nBYLINE_REGISTRATION .*$/);
  expect(reading).not.toThrow(/secret/);
});

describe('the identity provider', () => {
  const issuer = 'https://login.example.org';

  test('is none unless it is named, and then a public client of it', () => {
    expect(parseConfig({}).openId).toBeUndefined();
    const named = { BYLINE_OIDC_ISSUER: issuer, BYLINE_OIDC_CLIENT_ID: 'byline' };
    expect(parseConfig(named).openId).toEqual({ issuer, clientId: 'byline', name: 'login.example.org' });
    expect(parseConfig({ ...named, BYLINE_OIDC_NAME: 'The Bank' }).openId?.name).toBe('The Bank');
    const here = { ...named, BYLINE_OIDC_ISSUER: 'http://127.0.0.1:9000' };
    expect(parseConfig(here).openId?.issuer).toBe('http://127.0.0.1:9000');
  });

  test.each([
    [{ BYLINE_OIDC_ISSUER: issuer }, /^BYLINE_OIDC_CLIENT_ID must be set/],
    [{ BYLINE_OIDC_CLIENT_ID: 'byline' }, /^BYLINE_OIDC_ISSUER must be set/],
    [{ BYLINE_OIDC_NAME: 'The Bank' }, /^BYLINE_OIDC_ISSUER must be set/],
    [
      { BYLINE_OIDC_ISSUER: 'http://login.example.org', BYLINE_OIDC_CLIENT_ID: 'byline' },
      /^BYLINE_OIDC_ISSUER must be/,
    ],
    [{ BYLINE_OIDC_ISSUER: 'login.example.org', BYLINE_OIDC_CLIENT_ID: 'byline' }, /^BYLINE_OIDC_ISSUER must be/],
    [{ BYLINE_OIDC_ISSUER: `${issuer}?a=b`, BYLINE_OIDC_CLIENT_ID: 'byline' }, /^BYLINE_OIDC_ISSUER must be/],
  ])('is not half set, or in the open: %j', (settings, message) => {
    expect(() => parseConfig(settings)).toThrow(ConfigError);
    expect(() => parseConfig(settings)).toThrow(message);
  });
});
