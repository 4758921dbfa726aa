import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makePeople, type People } from '@byline/server/composition/people.ts';
import { openPlatform, type Platform } from '@byline/server/composition/platform.ts';
import { serveSessions } from '@byline/server/features/sessions/routes.ts';
import { systemClock } from '@byline/server/platform/clock.ts';
import { parseConfig } from '@byline/server/platform/config/config.ts';
import { Edge } from '@byline/server/platform/http/edge.ts';
import { RateLimits } from '@byline/server/platform/http/rate-limits.ts';
import { freshPostgresDatabase } from '@byline/testkit/postgres-database.ts';
import { caller, type Person, signIn, signUp } from '@byline/testkit/person.ts';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';

const named = (...persons: Person[]): string[] => persons.map((one) => `${one.userId} ${one.deviceId}`).toSorted();

describe.each(ENGINES)('a device that is forgotten, on %s', (engine) => {
  let platform: Platform;
  let people: People;
  let edge: Edge;
  let url: string;
  let gone: string[];
  let ada: Person;

  beforeEach(async () => {
    const data = await mkdtemp(join(tmpdir(), 'byline-gone-'));
    const databaseUrl = engine === 'postgres' ? { BYLINE_DATABASE_URL: await freshPostgresDatabase() } : {};
    const config = parseConfig({ BYLINE_SERVER_NAME: 'byline.test', BYLINE_DATA: data, ...databaseUrl });
    const logger = pino({ level: 'silent' });
    platform = await openPlatform(config, systemClock, logger);
    people = await makePeople(platform);
    edge = new Edge({
      authenticator: people.sessions,
      limits: new RateLimits('off'),
      logger,
      checkAnswers: true,
    });
    serveSessions(edge, people);
    url = await edge.app.listen({ host: '127.0.0.1', port: 0 });
    gone = [];
    people.sessions.onDeviceGone(async (userId, deviceId) => void gone.push(`${userId} ${deviceId}`));
    ada = await signUp({ url }, 'ada');
  });
  afterEach(async () => {
    await edge.app.close();
    await people.sessions.close();
    await platform.log.close();
    await platform.engine.close();
    await rm(platform.config.dataFolder, { recursive: true });
  });

  const proof = () => ({ type: 'm.login.password', user: 'ada', password: ada.password });

  test('is told of at sign-out', async () => {
    const other = await signIn({ url }, 'ada');
    await other.expectOk.post('/_matrix/client/v3/logout');
    expect(gone).toEqual(named(other));
  });

  test('is told of when all are signed out', async () => {
    const other = await signIn({ url }, 'ada');
    await ada.expectOk.post('/_matrix/client/v3/logout/all');
    expect(gone.toSorted()).toEqual(named(ada, other));
  });

  test('is told of when it is deleted, alone or with others; one that there is not is not', async () => {
    const [one, two, three] = [
      await signIn({ url }, 'ada'),
      await signIn({ url }, 'ada'),
      await signIn({ url }, 'ada'),
    ];
    await ada.expectOk.delete(`/_matrix/client/v3/devices/${one.deviceId}`, { auth: proof() });
    expect(gone).toEqual(named(one));
    const devices = [one.deviceId, two.deviceId, three.deviceId, 'UNKNOWN'];
    await ada.expectOk.post('/_matrix/client/v3/delete_devices', { devices, auth: proof() });
    expect(gone.toSorted()).toEqual(named(one, two, three));
  });

  test('is told of when the account is closed', async () => {
    const other = await signIn({ url }, 'ada');
    await other.expectOk.post('/_matrix/client/v3/account/deactivate', { auth: proof() });
    expect(gone.toSorted()).toEqual(named(ada, other));
  });

  test('is told of when the password changes, but for the one that changed it, unless it is asked not to', async () => {
    const other = await signIn({ url }, 'ada');
    const change = (password: string, logout_devices: boolean) =>
      ada.expectOk.post('/_matrix/client/v3/account/password', {
        auth: proof(),
        new_password: password,
        logout_devices,
      });
    await change(ada.password, false);
    expect(gone).toEqual([]);
    await change('another password', true);
    expect(gone).toEqual(named(other));
  });

  test('is told of neither when it signs in again, nor when its tokens are exchanged', async () => {
    const credentials = { type: 'm.login.password', user: 'ada', password: ada.password, device_id: ada.deviceId };
    const tokens = await caller({ url }).expectOk.post<{ refresh_token: string }>('/_matrix/client/v3/login', {
      ...credentials,
      refresh_token: true,
    });
    await caller({ url }).expectOk.post('/_matrix/client/v3/refresh', { refresh_token: tokens.refresh_token });
    expect(gone).toEqual([]);
  });

  test('is signed out already when it is told of, and listed until all have done their part', async () => {
    const other = await signIn({ url }, 'ada');
    let seen: unknown;
    people.sessions.onDeviceGone(async (userId, deviceId) => {
      const { status } = await other.get('/_matrix/client/v3/account/whoami');
      const listed = (await people.sessions.devices(userId)).some((device) => device.device_id === deviceId);
      seen = { status, listed };
    });
    await other.expectOk.post('/_matrix/client/v3/logout');
    expect(seen).toEqual({ status: 401, listed: true });
    expect((await ada.get(`/_matrix/client/v3/devices/${other.deviceId}`)).status).toBe(404);
  });

  test('stays when somebody signs in as it again while it is forgotten', async () => {
    const other = await signIn({ url }, 'ada');
    const credentials = { type: 'm.login.password', user: 'ada', password: ada.password, device_id: other.deviceId };
    people.sessions.onDeviceGone(async () => {
      await caller({ url }).expectOk.post('/_matrix/client/v3/login', credentials);
    });
    await other.expectOk.post('/_matrix/client/v3/logout');
    expect((await ada.get(`/_matrix/client/v3/devices/${other.deviceId}`)).status).toBe(200);
  });

  test('can be forgotten once more when a part failed', async () => {
    const other = await signIn({ url }, 'ada');
    let failing = true;
    people.sessions.onDeviceGone(async () => {
      if (failing) throw new Error('the disk is full');
    });
    expect((await other.post('/_matrix/client/v3/logout')).status).toBe(500);
    failing = false;
    await ada.expectOk.delete(`/_matrix/client/v3/devices/${other.deviceId}`, { auth: proof() });
    expect(gone).toEqual([...named(other), ...named(other)]);
    expect((await ada.get(`/_matrix/client/v3/devices/${other.deviceId}`)).status).toBe(404);
  });
});
