import type { Logger } from 'pino';
import type { Clock } from '../../../platform/clock.ts';
import type { Engine } from '../../../platform/engine/engine.ts';
import type { Staff } from '../../provider/service.ts';
import type { Accounts } from '../../publishing/service.ts';
import type { IdentityStore } from '../identity-store.ts';
import { CustodianStore } from './custodian-store.ts';
import { Custodians } from './custodians.ts';
import { OpeningNotices } from './opening-notices.ts';
import { OpeningStore } from './opening-store.ts';
import { Openings } from './openings.ts';
import { OrderStore } from './order-store.ts';
import { Orders } from './orders.ts';
import { RecordStore } from './record-store.ts';
import { ResealingStore } from './resealing-store.ts';
import { Resealings } from './resealings.ts';
import { StandingIdentities } from './standing-identities.ts';

export interface CustodyParts {
  readonly engine: Engine;
  readonly staff: Staff;
  readonly accounts: Accounts;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly identities: IdentityStore;
}

/** Who holds approved identities together, and how they are opened. */
export interface Custody {
  readonly custodians: Custodians;
  readonly standingIdentities: StandingIdentities;
  readonly orders: Orders;
  readonly openings: Openings;
  readonly notices: OpeningNotices;
  readonly resealings: Resealings;
}

export const makeCustody = (parts: CustodyParts): Custody => {
  const { reader } = parts.engine;
  const records = new RecordStore(reader);
  const orders = new OrderStore(reader);
  const store = new OpeningStore(reader);
  const custodians = new Custodians({ ...parts, store: new CustodianStore(reader) });
  const notices = new OpeningNotices({ ...parts, store, orders });
  const common = { ...parts, custodians, records };
  return {
    custodians,
    notices,
    standingIdentities: new StandingIdentities(common),
    orders: new Orders({ ...common, store: orders }),
    openings: new Openings({ ...common, store, orders, notices }),
    resealings: new Resealings({ ...common, store: new ResealingStore(reader) }),
  };
};
