import type { SubjectKind } from '@byline/protocol/byline/identity.ts';
import type { SealKind } from '../../ui/identity/Seal.tsx';

/** The sign that is carved for each kind of publisher. */
export const SEAL_KINDS: Readonly<Record<SubjectKind, SealKind>> = {
  individual: 'person',
  company: 'company',
  media: 'media',
  government: 'government',
  other: 'organisation',
};
