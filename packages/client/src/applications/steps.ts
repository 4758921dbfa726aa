import type { Purpose } from '@byline/protocol/byline/identity.ts';

/** What one is asked, a little at a time. */
export const FORM_STEPS = ['kind', 'name', 'about', 'identity', 'document', 'review'] as const;
export type FormStep = (typeof FORM_STEPS)[number];

const STEPS: Readonly<Record<Purpose, readonly FormStep[]>> = {
  'public-account': FORM_STEPS,
  personal: ['identity', 'document', 'review'],
};

export const stepsFor = (purpose: Purpose): readonly FormStep[] => STEPS[purpose];

export const isFormStep = (text: string | undefined): text is FormStep => FORM_STEPS.some((step) => step === text);

const STEP_OF: Readonly<Record<string, FormStep>> = {
  kind: 'kind',
  name: 'name',
  handle: 'name',
  category: 'about',
  description: 'about',
  picture: 'about',
};

/** The step in which a field is filled in, by its name as the server gives it: `name`, `identity.legal_name`. */
export function stepOf(field: string): FormStep {
  if (field.startsWith('identity.')) return 'identity';
  if (field.startsWith('evidence.')) return 'document';
  return STEP_OF[field] ?? 'review';
}

/** The steps in which nothing is missing. */
export const doneSteps = (purpose: Purpose, missing: readonly string[]): readonly FormStep[] =>
  stepsFor(purpose).filter((step) => step !== 'review' && !missing.some((field) => stepOf(field) === step));

/** Where somebody who comes back goes on: the first step in which something is missing. */
export const firstOpenStep = (purpose: Purpose, missing: readonly string[]): FormStep => {
  const done = doneSteps(purpose, missing);
  return stepsFor(purpose).find((step) => !done.includes(step)) ?? 'review';
};

/** The step before or after another; `undefined` at the ends. */
export const nextTo = (purpose: Purpose, step: FormStep, by: 1 | -1): FormStep | undefined =>
  stepsFor(purpose)[stepsFor(purpose).indexOf(step) + by];
