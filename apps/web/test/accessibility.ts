import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/**
 * What axe finds wrong with what is shown now, each with the elements that it is about.
 * @param except rules that don't hold for it; a menu, for one, stands outside of every landmark by its nature.
 */
export async function violations(page: Page, except: readonly string[] = []): Promise<readonly string[]> {
  const { violations: found } = await new AxeBuilder({ page }).disableRules([...except]).analyze();
  return found.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
}
