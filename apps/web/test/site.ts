import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contentSecurityPolicy } from '@byline/server/platform/http/web-app.ts';
import { startTestServer } from '@byline/testkit/byline.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { launchChromium } from '@byline/testkit/chromium.ts';
import type { ChromiumOptions } from '@byline/testkit/chromium.ts';
import type { Person } from '@byline/testkit/person.ts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { build, preview } from 'vite';

const ROOT = join(import.meta.dirname, '..');

export interface Site {
  /** The Byline that the site belongs to, with data of its own. */
  readonly server: TestServer;
  /** Opens an address in a browser of its own. */
  readonly open: (address: string, look: Look) => Promise<Visit>;
  readonly close: () => Promise<void>;
}

export interface Look {
  readonly width: number;
  readonly height?: number;
  readonly theme?: 'light' | 'dark';
  readonly language?: 'en' | 'zh-CN';
  /** Who is signed in; nobody when absent. */
  readonly as?: Person | undefined;
}

export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the browser complained about, and what was asked of other hosts. There should be nothing. */
  readonly complaints: readonly string[];
}

const ABOUT_A_SERVER = ['/_matrix', '/_byline', '/.well-known'];

/** What servers answer with a refusal by the specification, which browsers complain of all the same. */
const EXPECTED_REFUSALS = [
  '/register',
  '/register/available',
  '/room_keys/version',
  '/delete_devices',
  '/keys/device_signing/upload',
];

/** Builds the app and the gallery into a folder of their own, serves them before a Byline of its own, and starts a browser. */
export async function startSite(options: ChromiumOptions = {}): Promise<Site> {
  const outDir = await mkdtemp(join(tmpdir(), 'byline-web-'));
  const configFile = join(ROOT, 'vite.config.ts');
  const input = [join(ROOT, 'index.html'), join(ROOT, 'gallery.html')];
  await build({ configFile, logLevel: 'error', build: { outDir, rolldownOptions: { input } } });
  const server = await startTestServer();
  const front = await preview({
    configFile,
    logLevel: 'error',
    build: { outDir },
    preview: {
      port: 0,
      host: '127.0.0.1',
      headers: { 'content-security-policy': contentSecurityPolicy([]) },
      proxy: Object.fromEntries(ABOUT_A_SERVER.map((path) => [path, server.url])),
    },
  });
  const origin = front.resolvedUrls?.local[0]?.replace(/\/$/, '');
  if (origin === undefined) throw new Error('the site was not served');
  const browser = await launchChromium(options);
  return {
    server,
    open: (address, look) => visit(browser, origin, address, look),
    close: async () => {
      await browser.close();
      await front.close();
      await server.dispose();
      await rm(outDir, { recursive: true });
    },
  };
}

async function visit(browser: Browser, origin: string, address: string, look: Look): Promise<Visit> {
  const { width, height = 844, theme = 'light', language = 'en' } = look;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    locale: language,
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(10_000);
  if (look.as) await context.addInitScript(...keepSignedIn(look.as));
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    const isExpected = EXPECTED_REFUSALS.some((path) =>
      new URL(message.location().url, origin).pathname.endsWith(path),
    );
    if (['error', 'warning'].includes(message.type()) && !isExpected)
      complaints.push(`${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (problem) => complaints.push(problem.message));
  page.on('request', (request) => {
    if (!/^(?:blob|data):/.test(request.url()) && !request.url().startsWith(origin)) complaints.push(request.url());
  });
  await page.goto(origin + address);
  await page.locator('h1').first().waitFor();
  return { page, context, complaints };
}

/** What the app itself keeps of a session, as if the person had signed in here before. */
const keepSignedIn = ({ userId, deviceId, token }: Person): [(session: string) => void, string] => [
  (session) => {
    // Signing out has to last: only the first page of the visit begins signed in.
    if (sessionStorage.getItem('begun') !== null) return;
    sessionStorage.setItem('begun', 'yes');
    localStorage.setItem('byline.session', session);
  },
  JSON.stringify({ userId, deviceId, accessToken: token }),
];

/** How far the page can be scrolled sideways; it never should. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
