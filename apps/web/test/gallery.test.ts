import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './accessibility.ts';
import { overflow, startSite } from './site.ts';
import type { Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

const LOOKS = [390, 1280].flatMap((width) =>
  (['light', 'dark'] as const).flatMap((theme) =>
    (['en', 'zh-Hans'] as const).map((language) => ({ width, theme, language })),
  ),
);

describe('every component', () => {
  it.each(LOOKS)('is accessible: $width px, $theme, $language', async ({ width, theme, language }) => {
    const { page, context, complaints } = await site.open(`/gallery.html?lang=${language}`, { width, theme });
    await page.getByRole('gridcell').first().waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
    expect(await violations(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('can be pressed where a finger lands: 44 px, but for what stands in a line of text', async () => {
    const { page, context } = await site.open('/gallery.html', { width: 390 });
    await page.getByRole('gridcell').first().waitFor();
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('button:not([role=gridcell]), [role=switch], [role=slider], [role=tab], select')]
        .map((element) => {
          const own = element.getBoundingClientRect();
          const around = getComputedStyle(element, '::after');
          const grown = around.position === 'absolute' && around.content !== 'none';
          const width = grown ? Number.parseFloat(around.width) : 0;
          const height = grown ? Number.parseFloat(around.height) : 0;
          const name = element.ariaLabel ?? element.textContent;
          return { name, width: Math.max(own.width, width), height: Math.max(own.height, height) };
        })
        .filter(({ width, height }) => Math.round(width) < 44 || Math.round(height) < 44),
    );
    expect(small).toEqual([]);
    await context.close();
  });
});

describe.each(['light', 'dark'] as const)('what opens, %s', (theme) => {
  it('a dialog holds the focus and gives it back', async () => {
    const { page, context } = await site.open('/gallery.html?section=overlays', { width: 390, theme });
    const opener = page.getByRole('button', { name: 'Open a dialog' }).first();
    await opener.click();
    const dialog = page.getByRole('dialog', { name: 'Leave this group?' });
    await dialog.waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await opener.evaluate((element) => element === document.activeElement)).toBe(true);
    await context.close();
  });

  it('a sheet, a menu and a popover are accessible', async () => {
    const { page, context } = await site.open('/gallery.html?section=overlays', { width: 390, theme });
    for (const [name, role] of [
      ['Open a sheet', 'dialog'],
      ['Open a menu', 'menu'],
      ['Open a popover', 'dialog'],
    ] as const) {
      await page.getByRole('button', { name }).last().click();
      const opened = page.getByRole(role);
      await opened.waitFor();
      expect([name, await violations(page, role === 'menu' ? ['region'] : [])]).toEqual([name, []]);
      await page.keyboard.press('Escape');
      await opened.waitFor({ state: 'detached' });
    }
    await context.close();
  });

  it('a notice offers a way back and is said aloud', async () => {
    const { page, context } = await site.open('/gallery.html?section=overlays', { width: 390, theme });
    await page.getByRole('button', { name: 'Show a problem' }).first().click();
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('button', { name: 'Try again' }).waitFor({ state: 'detached' });
    await context.close();
  });

  it('the seal explains itself', async () => {
    const { page, context } = await site.open('/gallery.html?section=identity', { width: 390, theme });
    await page.getByRole('button', { name: 'Verified media: what this means' }).first().click();
    await page.getByRole('dialog', { name: 'Verified media' }).getByText('register of companies').waitFor();
    expect(await violations(page)).toEqual([]);
    await context.close();
  });
});

describe('a picture to press', () => {
  it('shows its name to those who come by keyboard, until they leave or press Escape', async () => {
    const { page, context } = await site.open('/gallery.html?section=controls', { width: 390 });
    await page.getByRole('button', { name: 'Attach a file' }).first().focus();
    await page.keyboard.press('Tab');
    const label = page.locator('span[aria-hidden=true]', { hasText: /^Record$/ });
    await label.waitFor();
    const box = await label.boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(8);
    await page.keyboard.press('Escape');
    await label.waitFor({ state: 'detached' });
    await context.close();
  });
});

describe('the waveform', () => {
  it('goes where one presses, and by the keys', async () => {
    const { page, context } = await site.open('/gallery.html?section=media', { width: 390 });
    const slider = page.getByRole('slider').first();
    const position = () => slider.getAttribute('aria-valuenow').then(Number);
    const box = await slider.boundingBox();
    if (!box) throw new Error('the waveform is not in sight');
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    expect(await position()).toBeGreaterThanOrEqual(21);
    expect(await position()).toBeLessThanOrEqual(22);
    await slider.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    expect(await position()).toBe(2);
    await page.keyboard.press('PageUp');
    expect(await slider.getAttribute('aria-valuetext')).toBe('0:12 of 0:43');
    await page.keyboard.press('End');
    expect(await position()).toBe(43);
    await context.close();
  });
});

describe('a file field', () => {
  it('takes a picture and shows it, and says why it takes no other', async () => {
    const { page, context } = await site.open('/gallery.html?section=controls', { width: 390 });
    const input = page.locator('input[type=file]').first();
    await input.setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') });
    await page.getByText('A file of this kind cannot be used here').waitFor();
    await input.setInputFiles({ name: 'large.png', mimeType: 'image/png', buffer: Buffer.alloc(5_000_001) });
    await page.getByText('larger than 5 MB').waitFor();
    const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    await input.setInputFiles({ name: 'card.png', mimeType: 'image/png', buffer: Buffer.from(dot, 'base64') });
    await page.getByText('card.png').waitFor();
    await page.locator('img[src^="blob:"]').waitFor();
    await page.getByRole('button', { name: 'Remove' }).first().click();
    expect(await page.getByText('card.png').count()).toBe(0);
    await context.close();
  });
});
