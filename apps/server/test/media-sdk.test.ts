import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, signUp } from '@byline/testkit/person.ts';
import { createClient, type MatrixClient, PushRuleKind } from 'matrix-js-sdk';
import type { Logger } from 'matrix-js-sdk/lib/logger.js';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { startWholeServer } from './whole-server.ts';

const say = (): void => undefined;
const SILENT: Logger = { trace: say, debug: say, info: say, warn: say, error: say, getChild: () => SILENT };

/** Files and push rules as a client uses them that nobody here wrote. */
describe.each(ENGINES)('matrix-js-sdk, files and rules, on %s', (engine) => {
  let server: TestServer;
  let ada: Person;
  let client: MatrixClient;

  beforeAll(async () => {
    server = await startWholeServer(engine);
    ada = await signUp(server, 'ada');
    client = createClient({ baseUrl: server.url, userId: ada.userId, accessToken: ada.token, logger: SILENT });
  });

  afterAll(() => server.dispose());

  const get = (url: string | null) => fetch(url ?? '', { headers: { authorization: `Bearer ${ada.token}` } });

  test('it uploads a picture, and finds it and its thumbnail where it looks for them', async () => {
    const teal = sharp({ create: { width: 1_200, height: 900, channels: 3, background: 'teal' } });
    const picture = await teal.png().toBuffer();
    const file = new File([new Uint8Array(picture)], '海.png', { type: 'image/png' });
    const { content_uri: uri } = await client.uploadContent(file);
    const whole = await get(client.mxcUrlToHttp(uri, undefined, undefined, undefined, false, true, true));
    expect(whole.headers.get('content-type')).toBe('image/png');
    expect(whole.headers.get('content-disposition')).toBe("inline; filename*=UTF-8''%E6%B5%B7.png");
    expect(picture.equals(Buffer.from(await whole.arrayBuffer()))).toBe(true);
    const thumbnail = await get(client.mxcUrlToHttp(uri, 320, 240, 'scale', false, true, true));
    expect(await sharp(await thumbnail.arrayBuffer()).metadata()).toMatchObject({ width: 320, height: 240 });
    expect(await client.getMediaConfig(true)).toEqual({ 'm.upload.size': 50 * 1024 * 1024 });
  });

  test('it reads and changes push rules', async () => {
    await client.addPushRule('global', PushRuleKind.ContentSpecific, 'cake', { pattern: 'cake', actions: [] });
    await client.setPushRuleEnabled('global', PushRuleKind.Override, '.m.rule.master', true);
    const { global: rules } = await client.getPushRules();
    expect(rules.content).toMatchObject([{ rule_id: 'cake', pattern: 'cake', enabled: true }]);
    expect(rules.override?.[0]).toMatchObject({ rule_id: '.m.rule.master', enabled: true });
  });
});
