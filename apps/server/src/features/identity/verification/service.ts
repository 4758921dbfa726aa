import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { Clock } from '../../../platform/clock.ts';
import type { OpenIdSettings } from '../../../platform/config/config.ts';
import type { Engine } from '../../../platform/engine/engine.ts';
import type { Staff } from '../../provider/service.ts';
import type { Accounts } from '../../publishing/service.ts';
import type { ApplicationStore } from '../application-store.ts';
import type { EvidenceStore } from '../evidence-store.ts';
import type { ReviewersKeys } from '../reviewers-keys.ts';
import { makeDocuments } from './documents.ts';
import { OpenIdConnect } from './open-id-connect.ts';
import { OpenIdProvider } from './open-id-provider.ts';
import { ShownWays } from './shown-ways.ts';
import { VerificationStore } from './store.ts';
import { Verification } from './verification.ts';
import { Vouches } from './vouches.ts';
import { makeVouching } from './vouching.ts';
import { VouchStore } from './vouch-store.ts';
import type { Ways } from './way.ts';

interface VerificationParts {
  readonly applications: ApplicationStore;
  readonly evidenceStore: EvidenceStore;
  readonly reviewersKeys: ReviewersKeys;
  readonly accounts: Accounts;
  readonly staff: Staff;
  readonly engine: Engine;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly publicUrl: string;
  readonly openId: OpenIdSettings | undefined;
}

/** How applicants show who they are. A new way is made here, and is everywhere. */
export const makeVerification = async (parts: VerificationParts) => {
  const { engine, clock, openId } = parts;
  const store = new VerificationStore(engine.reader);
  const vouches = new VouchStore(engine.reader);
  const shown = new ShownWays(store);
  const fresh = randomBytes(32).toString('base64url');
  const secret = await engine.transaction((writer) => store.secret(writer, 'code-of-the-day', fresh));
  const provider = openId === undefined ? undefined : new OpenIdProvider(openId, clock);
  const openIdConnect = new OpenIdConnect({ ...parts, provider, store });
  // Asked beforehand, so that pages are let to where it says. It never fails; a provider that is down is asked again.
  void openIdConnect.readiness();
  const ways: Ways = {
    documents: makeDocuments({ secret, clock }),
    'openid-connect': openIdConnect,
    vouching: makeVouching({ ...parts, vouches }),
  };
  const verification = new Verification({ ...parts, ways, shown, store, vouches, secret });
  const requireOn = () => verification.requireOn('vouching');
  return { verification, shown, vouches: new Vouches({ ...parts, vouches, store, requireOn }) };
};
