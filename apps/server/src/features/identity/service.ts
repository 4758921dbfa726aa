import type { Logger } from 'pino';
import type { Blobs } from '../../platform/blobs/blobs.ts';
import type { Clock } from '../../platform/clock.ts';
import type { OpenIdSettings } from '../../platform/config/config.ts';
import type { Engine } from '../../platform/engine/engine.ts';
import type { Policy, Staff } from '../provider/service.ts';
import type { Accounts } from '../publishing/service.ts';
import type { Users } from '../users/service.ts';
import { Applications } from './applications.ts';
import { ApplicationStore } from './application-store.ts';
import { ReviewersKeys } from './reviewers-keys.ts';
import { EvidenceKeeper } from './evidence.ts';
import { EvidenceStore } from './evidence-store.ts';
import { type Custody, makeCustody } from './custody/service.ts';
import { IdentityStore } from './identity-store.ts';
import { KeyStore } from './key-store.ts';
import { makeResemblance, type Resemblance, type Thumbnails } from './resemblance/service.ts';
import { CaseStore } from './review/case-store.ts';
import { Intake } from './review/intake.ts';
import { makeReviewing, type Reviewing } from './review/service.ts';
import { WorkViews } from './review/work-views.ts';
import { Standing } from './standing.ts';
import { makeSubjects, type SubjectServices } from './subjects/service.ts';
import { makeVerification } from './verification/service.ts';
import type { Verification } from './verification/verification.ts';
import type { Vouches } from './verification/vouches.ts';

export interface IdentityParts {
  readonly engine: Engine;
  /** Of sealed evidence alone; never that of the media. */
  readonly blobs: Blobs;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly accounts: Accounts;
  readonly policy: Policy;
  readonly staff: Staff;
  readonly media: Thumbnails;
  readonly users: Users;
  readonly publicUrl: string;
  readonly dataFolder: string;
  readonly openId: OpenIdSettings | undefined;
}

/** Who is behind a public account: applying, being reviewed, and what follows from it. */
export interface Identity {
  readonly reviewersKeys: ReviewersKeys;
  readonly applications: Applications;
  readonly evidence: EvidenceKeeper;
  readonly reviewing: Reviewing;
  readonly standing: Standing;
  readonly resemblance: Resemblance;
  readonly subjects: SubjectServices;
  readonly custody: Custody;
  readonly verification: Verification;
  readonly vouches: Vouches;
}

export const makeIdentity = async (parts: IdentityParts): Promise<Identity> => {
  const { reader } = parts.engine;
  const store = new ApplicationStore(reader);
  const evidenceStore = new EvidenceStore(reader);
  const identities = new IdentityStore(reader);
  const custody = makeCustody({ ...parts, identities });
  const { standingIdentities } = custody;
  const reviewersKeys = await ReviewersKeys.open({ ...parts, store: new KeyStore(reader) });
  const standing = await Standing.open({ ...parts, applications: store, identities });
  const evidence = new EvidenceKeeper({ ...parts, store: evidenceStore, applications: store, reviewersKeys });
  await evidence.sweep();
  const resemblance = makeResemblance({ ...parts, applications: store });
  const { subjects, serving } = await makeSubjects(parts);
  const { verification, vouches, shown } = await makeVerification({
    ...parts,
    applications: store,
    evidenceStore,
    reviewersKeys,
  });
  const cases = new CaseStore(reader);
  const intake = new Intake({ ...parts, cases });
  const work = new WorkViews({ ...parts, cases });
  const common = {
    ...parts,
    resemblance,
    subjects,
    store,
    evidenceStore,
    identities,
    evidence,
    shown,
    verification,
    cases,
    intake,
  };
  const reviewing = makeReviewing({ ...common, reviewersKeys, standing, standingIdentities });
  await reviewing.retention.sweep();
  return {
    verification,
    vouches,
    reviewersKeys,
    standing,
    resemblance,
    custody,
    evidence,
    applications: new Applications({ ...common, reviewersKeys, standingIdentities, work }),
    reviewing,
    subjects: serving(reviewing.review),
  };
};
