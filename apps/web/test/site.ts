import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchChromium } from '@byline/testkit/chromium.ts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { build, preview } from 'vite';

const ROOT = join(import.meta.dirname, '..');

export interface Site {
  /** Opens an address in a browser of its own. */
  readonly open: (address: string, look: Look) => Promise<Visit>;
  readonly close: () => Promise<void>;
}

export interface Look {
  readonly width: number;
  readonly height?: number;
  readonly theme?: 'light' | 'dark';
  readonly language?: 'en' | 'zh-CN';
}

export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the browser complained about, and what was asked of other hosts. There should be nothing. */
  readonly complaints: readonly string[];
}

/** Builds the app and the gallery into a folder of their own, serves them, and starts a browser. */
export async function startSite(): Promise<Site> {
  const outDir = await mkdtemp(join(tmpdir(), 'byline-web-'));
  const configFile = join(ROOT, 'vite.config.ts');
  const input = [join(ROOT, 'index.html'), join(ROOT, 'gallery.html')];
  await build({ configFile, logLevel: 'error', build: { outDir, rolldownOptions: { input } } });
  const server = await preview({
    configFile,
    logLevel: 'error',
    build: { outDir },
    preview: { port: 0, host: '127.0.0.1' },
  });
  const origin = server.resolvedUrls?.local[0]?.replace(/\/$/, '');
  if (origin === undefined) throw new Error('the site was not served');
  const browser = await launchChromium();
  return {
    open: (address, look) => visit(browser, origin, address, look),
    close: async () => {
      await browser.close();
      await server.close();
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
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (problem) => complaints.push(problem.message));
  page.on('request', (request) => {
    if (!/^(?:blob|data):/.test(request.url()) && !request.url().startsWith(origin)) complaints.push(request.url());
  });
  await page.goto(origin + address);
  await page.locator('h1').first().waitFor();
  return { page, context, complaints };
}

/** How far the page can be scrolled sideways; it never should. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
