import { Engine } from '@byline/server/platform/engine/engine.ts';
import { startTestServer, type TestServer } from '@byline/testkit/byline.ts';
import { signUp } from '@byline/testkit/person.ts';
import { sql } from 'kysely';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { unsoundIn } from './hostile/soundness.ts';
import { createRoom, say } from './syncing.ts';

// A check that finds nothing shows nothing, unless it finds what is there.

let server: TestServer;

beforeEach(async () => {
  server = await startTestServer();
  const ada = await signUp(server, 'ada');
  await say(ada, await createRoom(ada), 'hello');
  await ada.expectOk.put(`/_matrix/client/v3/user/${ada.userId}/account_data/org.example`, { a: 1 });
  const headers = { authorization: `Bearer ${ada.token}` };
  await fetch(`${server.url}/_matrix/media/v3/upload`, { method: 'POST', body: 'hello', headers });
  await server.stop();
});
afterEach(() => server.dispose());

const damage = async (statement: string): Promise<string[]> => {
  const { config } = server;
  const engine = await Engine.open({ ...config, onConnectionLost: () => undefined });
  await engine.transaction((writer) => sql.raw(statement).execute(writer));
  await engine.close();
  return unsoundIn(config);
};

test('what a server leaves behind is sound', async () => {
  expect(await unsoundIn(server.config)).toEqual([]);
});

test.each([
  ["delete from room_state where type = 'm.room.power_levels'", /^room_state: .*power_levels.* is undefined/],
  ["update room_state set membership = 'leave' where type = 'm.room.member'", /^room_state: .* leave, .* join$/],
  [
    'update account_data set position = (select min(position) from events)',
    /^position 1 is in events and in account_d/,
  ],
  ['update log_head set position = position - 1', /is after the head/],
  ['delete from rooms', /is in no room$/],
  ['update media set size = size + 1', /^the blob [0-9a-f]{32} has 5 bytes, and its row says 6$/],
])('it sees: %s', async (statement, expected) => {
  expect((await damage(statement))[0]).toMatch(expected);
});

test('it sees a file that belongs to nothing', async () => {
  await writeFile(join(server.config.dataFolder, 'media', 'incoming', 'half'), 'written');
  expect(await unsoundIn(server.config)).toEqual(['the blob half has 7 bytes, and its row says undefined']);
});
