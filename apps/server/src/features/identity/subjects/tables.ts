import type { BlindIndex } from '@byline/protocol/byline/blind-index.ts';
import type { ApplicationId } from '@byline/protocol/byline/identity.ts';
import type { ApplicationRow, StepRow } from '../tables.ts';

/** A subject for whom something was approved. Whoever approves for it takes its row's lock first. */
interface SubjectRow {
  blind_index: BlindIndex;
  since: number;
}

/** Whom an application is of. Withdrawn ones and those for a closed account have none. */
interface SubjectApplicationRow {
  application_id: ApplicationId;
  blind_index: BlindIndex;
}

export type SubjectTables = {
  subjects: SubjectRow;
  subject_applications: SubjectApplicationRow;
  applications: ApplicationRow;
  application_steps: StepRow;
};
