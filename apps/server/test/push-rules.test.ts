import { AccountData } from '@byline/server/features/account-data/service.ts';
import { AccountDataStore } from '@byline/server/features/account-data/store.ts';
import { servePushRules } from '@byline/server/features/push/routes.ts';
import { PushRules } from '@byline/server/features/push/service.ts';
import { PushSettingsStore } from '@byline/server/features/push/store.ts';
import type { LogEntry } from '@byline/server/platform/log/entry.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { user } from './conversation.ts';
import { ENGINES, type FeatureServer, startFeatureServer } from './feature-server.ts';

const ADA = user('ada');
const SOUND = { set_tweak: 'sound', value: 'default' };

interface Rule {
  readonly rule_id: string;
  readonly enabled: boolean;
  readonly default: boolean;
  readonly actions: readonly unknown[];
}
type Rules = Readonly<Record<string, readonly Rule[]>>;

const build = async (server: FeatureServer) => {
  const accountData = new AccountData({ store: new AccountDataStore(server.engine), log: server.log });
  const store = new PushSettingsStore(server.engine.reader);
  const rules = new PushRules({ store, log: server.log, accountData });
  const logged: LogEntry[] = [];
  server.log.follow((entries) => logged.push(...entries));
  servePushRules(server.edge, rules);
  return { server, rules, store, logged, url: await server.listen() };
};

describe.each(ENGINES)('push rules on %s', (engine) => {
  let parts: Awaited<ReturnType<typeof build>>;

  beforeEach(async () => {
    parts = await build(await startFeatureServer(engine));
  });

  afterEach(() => parts.server.dispose());

  const call = async (method: string, path: string, body?: unknown, who = 'ada') => {
    const response = await fetch(`${parts.url}/_matrix/client/v3/pushrules${path}`, {
      method,
      headers: { authorization: `Bearer ${who}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  };

  const ok = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await call(method, path, body);
    expect(answer).toMatchObject({ status: 200 });
    return answer.body;
  };

  const idsOf = async (kind: string): Promise<string[]> => {
    const rules = ((await ok('GET', '/global/')) as Rules)[kind] ?? [];
    return rules.map((rule) => rule.rule_id);
  };

  test('who has changed nothing has the rules of the server, and no row', async () => {
    const all = (await ok('GET', '/')) as { global: Rules };
    expect(all.global).toEqual(await ok('GET', '/global'));
    expect(all.global['override']?.[0]).toMatchObject({ rule_id: '.m.rule.master', enabled: false, default: true });
    expect(all.global['underride']?.map((rule) => rule.rule_id)).toContain('.m.rule.message');
    expect(await ok('GET', '/global/underride/.m.rule.room_one_to_one/actions')).toEqual({
      actions: ['notify', SOUND],
    });
    expect(await parts.store.find(ADA)).toBeUndefined();
    expect(await parts.rules.all(ADA)).toMatchObject([{ type: 'm.push_rules', position: 0, content: all }]);
  });

  test('a rule is added, changed, replaced and removed', async () => {
    const path = '/global/content/cake';
    expect(await ok('PUT', path, { pattern: 'cake', actions: ['notify', 'dont_notify', SOUND] })).toEqual({});
    const added = { rule_id: 'cake', default: false, enabled: true, pattern: 'cake', actions: ['notify', SOUND] };
    expect(await ok('GET', path)).toEqual(added);
    await ok('PUT', `${path}/enabled`, { enabled: false });
    expect(await ok('GET', `${path}/enabled`)).toEqual({ enabled: false });
    await ok('PUT', `${path}/actions`, { actions: [] });
    expect(await ok('GET', path)).toEqual({ ...added, enabled: false, actions: [] });
    await ok('PUT', path, { pattern: 'c?ke', actions: ['notify'] });
    expect(await ok('GET', path)).toEqual({ ...added, enabled: false, pattern: 'c?ke', actions: ['notify'] });
    expect(await ok('DELETE', path)).toEqual({});
    expect(await call('GET', path)).toMatchObject({ status: 404, body: { errcode: 'M_NOT_FOUND' } });
  });

  test('rules stand where they are put', async () => {
    for (const path of ['!b:x', '!a:x', '!c:x?after=!b:x', '!d:x?before=%21b%3Ax']) {
      await ok('PUT', `/global/room/${path}`, { actions: [] });
    }
    expect(await idsOf('room')).toEqual(['!a:x', '!d:x', '!b:x', '!c:x']);
    expect((await idsOf('override'))[0]).toBe('.m.rule.master');
  });

  test('rules of the server are changed, and so they stay after a restart', async () => {
    await ok('PUT', '/global/override/.m.rule.master/enabled', { enabled: true });
    await ok('PUT', '/global/underride/.m.rule.message/actions', { actions: [] });
    const before = await ok('GET', '/');
    await parts.server.stop();
    parts = await build(await parts.server.restart());
    expect(await ok('GET', '/')).toEqual(before);
    expect(await ok('GET', '/global/override/.m.rule.master/enabled')).toEqual({ enabled: true });
    expect(await ok('GET', '/global/underride/.m.rule.message/actions')).toEqual({ actions: [] });
    await parts.rules.erase(ADA);
    expect(await ok('GET', '/global/override/.m.rule.master/enabled')).toEqual({ enabled: false });
  });

  test('each change is told once, with all rules', async () => {
    const before = parts.server.log.position;
    await ok('PUT', '/global/sender/@eve:byline.test', { actions: [] });
    const told = {
      kind: 'account-data',
      userId: ADA,
      roomId: null,
      type: 'm.push_rules',
      content: await ok('GET', '/'),
    };
    expect(parts.logged).toMatchObject([told]);
    expect(await parts.rules.since(ADA, before)).toMatchObject([told]);
    expect(await parts.rules.all(ADA)).toMatchObject([told]);
  });

  test('changes at the same time lose nothing', async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `rule${index}`);
    await Promise.all(ids.map((id) => ok('PUT', `/global/override/${id}`, { actions: ['notify'], conditions: [] })));
    expect(await idsOf('override')).toEqual(expect.arrayContaining(ids));
  });

  test('everybody has rules of their own', async () => {
    await ok('PUT', '/global/content/cake', { pattern: 'cake', actions: ['notify'] });
    expect(await call('GET', '/global/content/cake', undefined, 'bob')).toMatchObject({ status: 404 });
  });

  test('what a condition of the future has is kept', async () => {
    const conditions = [{ kind: 'org.example.moon', phase: { full: true } }];
    await ok('PUT', '/global/override/moon', { conditions, actions: ['notify'] });
    expect(await ok('GET', '/global/override/moon')).toMatchObject({ conditions });
  });

  test('what is wrong is refused, and leaves nothing behind', async () => {
    const large = { pattern: 'x', actions: Array.from({ length: 300 }, () => ({ set_tweak: 'x'.repeat(1_000) })) };
    const refusals: readonly (readonly [method: string, path: string, body: unknown, status: number, code: string])[] =
      [
        ['PUT', '/global/content/a', { actions: ['notify'] }, 400, 'M_MISSING_PARAM'],
        ['PUT', '/global/content/a', { pattern: 'x' }, 400, 'M_MISSING_PARAM'],
        ['PUT', '/global/content/a', { pattern: 7, actions: [] }, 400, 'M_BAD_JSON'],
        ['PUT', '/global/content/a', { pattern: 'x', actions: 'notify' }, 400, 'M_BAD_JSON'],
        ['PUT', '/global/content/a', { pattern: 'x', actions: ['shout'] }, 400, 'M_INVALID_PARAM'],
        ['PUT', '/global/content/a', { pattern: 'x'.repeat(2_000), actions: [] }, 400, 'M_INVALID_PARAM'],
        ['PUT', '/global/content/a', large, 413, 'M_TOO_LARGE'],
        ['PUT', '/global/content/.a', { pattern: 'x', actions: [] }, 400, 'M_INVALID_PARAM'],
        ['PUT', '/global/content/a%2Fb', { pattern: 'x', actions: [] }, 400, 'M_INVALID_PARAM'],
        ['PUT', '/global/content/a%00b', { pattern: 'x', actions: [] }, 400, 'M_INVALID_PARAM'],
        ['PUT', '/global/override/a', { conditions: [{ key: 'x' }], actions: [] }, 400, 'M_MISSING_PARAM'],
        ['PUT', '/global/override/a?before=nobody', { actions: [] }, 400, 'M_UNKNOWN'],
        ['PUT', '/global/override/a?after=.m.rule.master', { actions: [] }, 400, 'M_UNKNOWN'],
        ['PUT', '/global/other/a', { actions: [] }, 400, 'M_INVALID_PARAM'],
        ['PUT', '/global/override/a/enabled', { enabled: true }, 404, 'M_NOT_FOUND'],
        ['PUT', '/global/override/.m.rule.master/enabled', { enabled: 'yes' }, 400, 'M_BAD_JSON'],
        ['PUT', '/global/underride/.m.rule.master/enabled', { enabled: true }, 404, 'M_NOT_FOUND'],
        ['PUT', '/global/override/a/actions', { actions: [] }, 404, 'M_NOT_FOUND'],
        ['GET', '/global/override/a/actions', undefined, 404, 'M_NOT_FOUND'],
        ['DELETE', '/global/override/.m.rule.master', undefined, 404, 'M_NOT_FOUND'],
        ['DELETE', '/global/override/a', undefined, 404, 'M_NOT_FOUND'],
      ];
    for (const [method, path, body, status, errcode] of refusals) {
      expect([path, await call(method, path, body)]).toMatchObject([path, { status, body: { errcode } }]);
    }
    expect(parts.logged).toEqual([]);
    expect(await parts.store.find(ADA)).toBeUndefined();
  });
});
