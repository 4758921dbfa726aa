import { DeviceId, DomainError, operation, UserId } from '@byline/protocol';
import type { InjectOptions } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { makeLogger } from '../logger.ts';
import { Serialised } from './answer.ts';
import { Edge } from './edge.ts';
import { RateLimits } from './rate-limits.ts';

const number = z.string().regex(/^\d+$/, { error: 'must be a number' });

const boat = operation({
  method: 'PUT',
  paths: ['/boats/:name', '/old/boats/:name'],
  auth: 'required',
  limit: 'write',
  summary: 'Changes a boat.',
  params: z.object({ name: z.string().regex(/^[a-z]+$/, { error: 'must be a name' }) }),
  query: z.object({ sails: number, flags: number.optional() }),
  body: z.object({
    length: z.number(),
    crew: z.union([z.object({ captain: z.string() }), z.object({ robot: z.string() })]).optional(),
  }),
});

const fleet = operation({ method: 'GET', paths: ['/fleet'], auth: 'none', limit: 'public', summary: 'All boats.' });

const harbour = operation({
  method: 'GET',
  paths: ['/harbour'],
  auth: 'required',
  limit: 'read',
  summary: 'Who is here.',
  answer: z.object({ address: z.string() }),
});

const tide = operation({
  method: 'GET',
  paths: ['/tide'],
  auth: 'required',
  limit: 'sign-in',
  summary: 'When the water comes.',
  query: z.object({ at: number }),
});

/** Tokens are known at once, after they were looked up, or not at all. */
class Doorman {
  lookUps = 0;

  recognise(token: string) {
    return token === 'known' ? ADA : undefined;
  }

  authenticate(token: string) {
    this.lookUps += 1;
    if (token.startsWith('stored')) return Promise.resolve(ADA);
    return Promise.reject(new DomainError('M_UNKNOWN_TOKEN', 'Please sign in again.'));
  }
}

const ADA = { userId: UserId.parse('@ada:byline.test'), deviceId: DeviceId.parse('DEVICE') };
const KNOWN = { authorization: 'Bearer known' };

let doorman: Doorman;
let edge: Edge;

const open = (trustedProxies: readonly string[] = []): Edge => {
  doorman = new Doorman();
  const made = new Edge({
    authenticator: doorman,
    limits: new RateLimits('on'),
    logger: makeLogger('silent'),
    trustedProxies,
    checkAnswers: true,
  });
  made.serve(boat, () => ({}));
  made.serve(fleet, () => ({}));
  made.serve(harbour, ({ address }) => ({ address }));
  made.serveHeld(tide, ({ query: { at } }, call) => {
    if (at === '1') throw new DomainError('M_FORBIDDEN', 'Not at one.');
    if (at === '2') return Promise.reject(new DomainError('M_NOT_FOUND', 'Not at two.'));
    const later =
      at === '3'
        ? () => call.refuse(new DomainError('M_UNKNOWN', 'Not at three.'))
        : () => call.answer(new Serialised(JSON.stringify({ at })));
    return void setImmediate(later);
  });
  made.refuseOtherMethods();
  return made;
};

beforeEach(() => {
  edge = open();
});
afterEach(() => edge.app.close());

const ask = async (options: InjectOptions) => {
  const { statusCode, headers, body } = await edge.app.inject({ headers: KNOWN, ...options });
  return { status: statusCode, headers, body: body === '' ? undefined : (JSON.parse(body) as { errcode?: string }) };
};

const harbourAs = (token: string, remoteAddress = '192.0.2.1') =>
  ask({ url: '/harbour', headers: { authorization: `Bearer ${token}` }, remoteAddress });

const addressSeen = async (remoteAddress: string, forwarded: string) => {
  const headers = { ...KNOWN, 'x-forwarded-for': forwarded };
  return (await ask({ url: '/harbour', headers, remoteAddress })).body;
};

describe('what can not be parsed', () => {
  test.each<[string, string, unknown, string, string]>([
    ['a bad path', '/boats/A1?sails=2', { length: 3 }, 'M_INVALID_PARAM', 'name'],
    ['a bad query', '/boats/ann?sails=two', { length: 3 }, 'M_INVALID_PARAM', 'sails'],
    ['a bad query that need not be there', '/boats/ann?sails=2&flags=x', { length: 3 }, 'M_INVALID_PARAM', 'flags'],
    ['a query twice', '/boats/ann?sails=2&sails=3', { length: 3 }, 'M_INVALID_PARAM', 'sails'],
    ['no query', '/boats/ann', { length: 3 }, 'M_MISSING_PARAM', 'sails'],
    ['a bad body', '/boats/ann?sails=2', { length: 'long' }, 'M_BAD_JSON', 'length'],
    ['a body with half of it', '/boats/ann?sails=2', {}, 'M_MISSING_PARAM', 'length'],
    ['a body with half of a part', '/boats/ann?sails=2', { length: 1, crew: {} }, 'M_MISSING_PARAM', 'crew.captain'],
    ['null where something must be', '/boats/ann?sails=2', { length: null }, 'M_BAD_JSON', 'length'],
    ['a body that is a list', '/boats/ann?sails=2', [], 'M_BAD_JSON', 'body'],
    ['a body that is no JSON', '/boats/ann?sails=2', '{', 'M_NOT_JSON', 'body'],
  ])('%s is told from others, and what it was is not told', async (_what, url, body, errcode, named) => {
    const payload = typeof body === 'string' ? body : JSON.stringify(body);
    const reply = await ask({ method: 'PUT', url, payload });
    expect(reply).toMatchObject({ status: 400, body: { errcode, error: expect.stringContaining(named) } });
    expect(JSON.stringify(reply.body)).not.toMatch(/two|long|A1/);
  });

  test('what nobody asked for is ignored', async () => {
    const url = '/boats/ann?sails=2&_cacheBuster=7&set_presence=offline&access_token=other&__proto__=x';
    expect(await ask({ method: 'PUT', url, payload: '{"length":1,"more":[]}' })).toMatchObject({ status: 200 });
    expect(await ask({ method: 'PUT', url: `/old${url}`, payload: '{"length":1}' })).toMatchObject({ status: 200 });
  });
});

describe('where there is nothing', () => {
  test.each(['/boats', '/boat', '/fleet/of/ann', '/_matrix/client/v1/auth_metadata'])(
    '%s is not known',
    async (url) => {
      for (const method of ['GET', 'POST', 'DELETE'] as const)
        expect(await ask({ method, url })).toMatchObject({ status: 404, body: { errcode: 'M_UNRECOGNIZED' } });
    },
  );

  test.each<[string, readonly ('GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE' | 'PATCH')[]]>([
    ['/fleet', ['PUT', 'POST', 'DELETE', 'PATCH']],
    ['/boats/ann?sails=2', ['GET', 'HEAD', 'POST', 'DELETE', 'PATCH']],
  ])('%s has no other methods', async (url, methods) => {
    for (const method of methods) {
      const reply = await ask({ method, url });
      expect(reply.status).toBe(405);
      expect(reply.body?.errcode).toBe(method === 'HEAD' ? undefined : 'M_UNRECOGNIZED');
    }
  });
});

describe('browsers', () => {
  test.each<[string, InjectOptions, number]>([
    ['an answer', { url: '/fleet' }, 200],
    ['an answer without its body', { method: 'HEAD', url: '/fleet' }, 200],
    ['a refusal', { url: '/harbour', headers: {} }, 401],
    ['what is not there', { url: '/nothing' }, 404],
    ['a wrong method', { method: 'POST', url: '/fleet' }, 405],
    ['an address that can not be read', { url: '/boats/%E0%A4%A' }, 400],
  ])('may read %s, and guess no type', async (_what, options, status) => {
    const reply = await ask(options);
    expect(reply.status).toBe(status);
    expect(reply.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'x-content-type-options': 'nosniff',
      'content-type': expect.stringContaining('application/json'),
    });
  });

  test.each(['/fleet', '/boats/ann', '/nothing'])('may ask %s with a token, and for a part', async (url) => {
    const headers = {
      origin: 'https://app.example.org',
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization, range',
    };
    const reply = await ask({ method: 'OPTIONS', url, headers });
    expect(reply.status).toBe(204);
    expect(reply.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-headers': expect.stringMatching(/Authorization.*Range/),
      'access-control-allow-methods': expect.stringMatching(/GET.*HEAD.*PUT.*DELETE/),
    });
  });
});

describe('tokens', () => {
  test('that are made up are counted by address before they are looked up', async () => {
    const statuses = new Map<number, number>();
    for (let turn = 0; turn < 310; turn += 1) {
      const { status } = await harbourAs(`made-up${turn}`);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    expect([...statuses]).toEqual([
      [401, 300],
      [429, 10],
    ]);
    expect(doorman.lookUps).toBe(300);
    const refused = await harbourAs('made-up');
    expect(refused).toMatchObject({
      status: 429,
      headers: { 'retry-after': expect.stringMatching(/^\d+$/) },
      body: { errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: expect.any(Number) },
    });
    // Whoever is known is let in, from there too; and others are from elsewhere.
    expect((await harbourAs('known')).status).toBe(200);
    expect((await harbourAs('made-up', '192.0.2.2')).status).toBe(401);
  });

  test('that there are cost their owners nothing', async () => {
    for (let turn = 0; turn < 310; turn += 1) expect((await harbourAs(`stored${turn}`)).status).toBe(200);
    expect(doorman.lookUps).toBe(310);
  });

  test('may stand in the address, as older clients write them', async () => {
    expect((await ask({ url: '/harbour?access_token=known', headers: {} })).status).toBe(200);
    expect((await ask({ url: '/harbour', headers: { authorization: 'bearer known' } })).status).toBe(200);
    expect(await ask({ url: '/harbour', headers: {} })).toMatchObject({
      status: 401,
      body: { errcode: 'M_MISSING_TOKEN' },
    });
  });
});

describe('a call that is held', () => {
  test.each([
    ['at=4', 200, { at: '4' }],
    ['at=1', 403, { errcode: 'M_FORBIDDEN' }],
    ['at=2', 404, { errcode: 'M_NOT_FOUND' }],
    ['at=3', 400, { errcode: 'M_UNKNOWN' }],
    ['at=noon', 400, { errcode: 'M_INVALID_PARAM' }],
    ['', 400, { errcode: 'M_MISSING_PARAM' }],
  ])('is answered or refused: %j', async (query, status, body) => {
    expect(await ask({ url: `/tide?${query}` })).toMatchObject({ status, body });
  });

  test('is limited as any other', async () => {
    for (let call = 0; call < 10; call += 1) expect(await ask({ url: '/tide?at=4' })).toMatchObject({ status: 200 });
    expect(await ask({ url: '/tide?at=4' })).toMatchObject({ status: 429, body: { errcode: 'M_LIMIT_EXCEEDED' } });
  });

  test('is for who has signed in', async () => {
    expect(await ask({ url: '/tide?at=4', headers: {} })).toMatchObject({ status: 401 });
  });

  test('is asked for what it asks, whatever was asked before', async () => {
    const answers = [];
    for (const at of ['5', '5', '6', 'noon', 'noon', '5']) answers.push((await ask({ url: `/tide?at=${at}` })).body);
    const refused = { errcode: 'M_INVALID_PARAM' };
    expect(answers).toMatchObject([{ at: '5' }, { at: '5' }, { at: '6' }, refused, refused, { at: '5' }]);
  });
});

describe('where a call came from', () => {
  test('is what the connection says, where no proxy is trusted', async () => {
    expect(await addressSeen('192.0.2.1', '198.51.100.7')).toEqual({ address: '192.0.2.1' });
  });

  test('is what a trusted proxy says, and nobody else', async () => {
    await edge.app.close();
    edge = open(['192.0.2.1', '10.0.0.0/8']);
    expect(await addressSeen('192.0.2.1', '198.51.100.7')).toEqual({ address: '198.51.100.7' });
    expect(await addressSeen('10.1.2.3', '198.51.100.7, 192.0.2.1')).toEqual({ address: '198.51.100.7' });
    // What the caller wrote in front is not believed.
    expect(await addressSeen('10.1.2.3', '203.0.113.9, 198.51.100.7')).toEqual({ address: '198.51.100.7' });
    expect(await addressSeen('192.0.2.2', '198.51.100.7')).toEqual({ address: '192.0.2.2' });
  });
});
