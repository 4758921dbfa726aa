import { STEPS } from './steps.ts';
import type { Step } from './steps.ts';

/** Runs the steps in order and says how each went; false at the first that fails, with what it said. */
export async function runSteps(steps: readonly Step[] = STEPS): Promise<boolean> {
  for (const step of steps) {
    const start = performance.now();
    try {
      await step.run();
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      console.error(`\n✗ ${step.name} failed. Alone it runs by: npm run check ${step.name}`);
      return false;
    }
    console.log(`✓ ${step.name} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  }
  return true;
}
