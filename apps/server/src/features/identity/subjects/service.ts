import type { Clock } from '../../../platform/clock.ts';
import type { Engine } from '../../../platform/engine/engine.ts';
import type { Policy } from '../../provider/service.ts';
import type { Accounts } from '../../publishing/service.ts';
import { BlindIndexes } from './blind-indexes.ts';
import { CaseSubjects, type HeldCases } from './case-subjects.ts';
import { SubjectStore } from './store.ts';
import { Subjects } from './subjects.ts';
import { WaitingTimes } from './waiting-times.ts';

/** What is served of subjects. */
export interface SubjectServices {
  readonly blindIndexes: BlindIndexes;
  readonly caseSubjects: CaseSubjects;
  readonly waitingTimes: WaitingTimes;
}

interface SubjectParts {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly policy: Policy;
  readonly accounts: Accounts;
  readonly dataFolder: string;
}

/** Who answers for how many accounts: counted before there are cases, and shown for those that a reviewer holds. */
export const makeSubjects = async (parts: SubjectParts) => {
  const store = new SubjectStore(parts.engine.reader);
  const subjects = new Subjects({ ...parts, store });
  const blindIndexes = await BlindIndexes.open(parts.dataFolder);
  const waitingTimes = new WaitingTimes({ ...parts, store });
  const serving = (cases: HeldCases): SubjectServices => ({
    blindIndexes,
    waitingTimes,
    caseSubjects: new CaseSubjects({ subjects, indexes: blindIndexes, cases }),
  });
  return { subjects, serving };
};
