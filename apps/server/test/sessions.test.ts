import { signUp } from '@byline/testkit/person.ts';
import { startTestServer } from '@byline/testkit/byline.ts';
import { expect, test } from 'vitest';

test('sign up', async () => {
  const server = await startTestServer();
  const ada = await signUp(server, 'ada');
  expect(ada.userId).toBe('@ada:byline.test');
  expect(await ada.expectOk.get('/_matrix/client/v3/account/whoami')).toMatchObject({ user_id: ada.userId });
  await server.dispose();
});
