import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSite } from './site.ts';
import type { Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

async function openTalk() {
  const { page, context } = await site.open('/gallery.html?section=talk', { width: 390 });
  const list = page.locator('main [data-world=ink]').getByRole('group', { name: 'Talk' });
  await page.locator('main [data-world=ink] [data-number="1059"]').waitFor();
  await expect.poll(() => list.evaluate((element) => element.scrollTop)).toBeGreaterThan(1000);
  await settled(page);
  return { page, context, list };
}

/** Which item stands at the list's upper edge, and how far below the edge it begins. */
const topOf = (page: Page) =>
  page.evaluate(() => {
    const list = document.querySelector('main [data-world=ink] [role=group]');
    if (!list) throw new Error('no list');
    const edge = list.getBoundingClientRect().top;
    const items = [...list.querySelectorAll<HTMLElement>('[data-number]')];
    const first = items.find((item) => item.getBoundingClientRect().bottom > edge);
    return { number: first?.dataset['number'], below: Math.round((first?.getBoundingClientRect().top ?? 0) - edge) };
  });

/** How far the list is from its end. */
const left = (list: Locator) =>
  list.evaluate((element) => element.scrollHeight - element.clientHeight - element.scrollTop);

const settled = (page: Page) =>
  page.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))),
  );

/** Scrolls up by hand, as far as someone does who reads what was said before. */
async function readUp(page: Page, list: Locator): Promise<void> {
  await list.hover();
  // A wheel that turns before the pointer has arrived turns nothing.
  await settled(page);
  await page.mouse.wheel(0, -900);
  await expect.poll(() => left(list)).toBeGreaterThan(600);
  await settled(page);
}

describe('talk', () => {
  it('begins at its end and draws only what one sees', async () => {
    const { page, context } = await openTalk();
    expect(await page.locator('main [data-world=ink] [data-number]').count()).toBeLessThan(40);
    const last = page.locator('main [data-world=ink] li').last();
    expect(await last.getAttribute('aria-posinset')).toBe('60');
    expect(await last.getAttribute('aria-setsize')).toBe('60');
    await context.close();
  });

  it('stays at its end when something arrives', async () => {
    const { page, context, list } = await openTalk();
    await page.getByRole('button', { name: 'Send' }).first().click();
    await page.locator('main [data-world=ink] [data-number="1060"]').waitFor();
    await settled(page);
    expect(await left(list)).toBeLessThanOrEqual(1);
    await context.close();
  });

  it('keeps its place when something arrives while one reads further up', async () => {
    const { page, context, list } = await openTalk();
    await readUp(page, list);
    const before = await topOf(page);
    await page.getByRole('button', { name: 'Send' }).first().click();
    await expect.poll(() => page.locator('main [data-world=ink] li').first().getAttribute('aria-setsize')).toBe('61');
    await settled(page);
    expect(await topOf(page)).toEqual(before);
    await context.close();
  });

  it('keeps its place when older things come before', async () => {
    const { page, context, list } = await openTalk();
    await readUp(page, list);
    const before = await topOf(page);
    await page.getByRole('button', { name: 'Pin' }).first().click();
    await expect.poll(() => page.locator('main [data-world=ink] li').first().getAttribute('aria-setsize')).toBe('90');
    await settled(page);
    const after = await topOf(page);
    expect(after.number).toBe(before.number);
    expect(Math.abs(after.below - before.below)).toBeLessThanOrEqual(1);
    await context.close();
  });
});
