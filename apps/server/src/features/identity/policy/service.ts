import type { Clock } from '../../../platform/clock.ts';
import type { Engine } from '../../../platform/engine/engine.ts';
import type { Policy, Staff } from '../../provider/service.ts';
import type { Accounts } from '../../publishing/service.ts';
import type { Applications } from '../applications.ts';
import { EffectStore } from './effect-store.ts';
import { PolicyEffects } from './effects.ts';
import { Register } from './register.ts';
import { Renewals } from './renewals.ts';

export interface PolicyEffectsParts {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly policy: Policy;
  readonly staff: Staff;
  readonly accounts: Accounts;
  readonly applications: Applications;
}

/** What policies do to accounts over time: whom a change blocks, who is qualified, and how that is renewed. */
export interface PolicyOverTime {
  readonly effects: PolicyEffects;
  readonly register: Register;
  readonly renewals: Renewals;
}

export const makePolicyEffects = (parts: PolicyEffectsParts): PolicyOverTime => ({
  effects: new PolicyEffects({ ...parts, store: new EffectStore(parts.engine.reader) }),
  register: new Register(parts),
  renewals: new Renewals(parts),
});
