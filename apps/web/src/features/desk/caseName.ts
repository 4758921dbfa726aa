import type { QueuedCase } from '@byline/protocol/byline/review.ts';

/** The name that an account would have; `undefined` where somebody shows only who they are. */
export const caseName = ({ purpose, public: draft }: Pick<QueuedCase, 'purpose' | 'public'>): string | undefined =>
  purpose === 'personal' ? undefined : draft.name;
