import { runSteps } from './run.ts';
import { STEPS } from './steps.ts';

const names = process.argv.slice(2);
const unknown = names.find((name) => !STEPS.some((step) => step.name === name));

if (unknown !== undefined) {
  console.error(`There is no check "${unknown}"; there are ${STEPS.map((step) => step.name).join(', ')}.`);
  process.exit(2);
}
const chosen = names.length === 0 ? STEPS : STEPS.filter((step) => names.includes(step.name));
process.exitCode = (await runSteps(chosen)) ? 0 : 1;
