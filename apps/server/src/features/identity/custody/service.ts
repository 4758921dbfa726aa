import type { Clock } from '../../../platform/clock.ts';
import type { Engine } from '../../../platform/engine/engine.ts';
import type { Staff } from '../../provider/service.ts';
import type { IdentityStore } from '../identity-store.ts';
import { CustodianStore } from './custodian-store.ts';
import { Custodians } from './custodians.ts';
import { RecordStore } from './record-store.ts';
import { StandingIdentities } from './standing-identities.ts';

export interface CustodyParts {
  readonly engine: Engine;
  readonly staff: Staff;
  readonly clock: Clock;
  readonly identities: IdentityStore;
}

/** Who holds approved identities together, and how they are opened. */
export interface Custody {
  readonly custodians: Custodians;
  readonly standingIdentities: StandingIdentities;
}

export const makeCustody = (parts: CustodyParts): Custody => {
  const { reader } = parts.engine;
  const records = new RecordStore(reader);
  const custodians = new Custodians({ ...parts, store: new CustodianStore(reader) });
  return { custodians, standingIdentities: new StandingIdentities({ ...parts, custodians, records }) };
};
