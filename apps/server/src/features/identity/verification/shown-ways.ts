import type { ApplicationId } from '@byline/protocol/byline/identity.ts';
import type { VerificationWay } from '@byline/protocol/byline/verification.ts';
import type { Writer } from '../../../platform/engine/engine.ts';
import type { VerificationStore } from './store.ts';

/** `none`: documents are switched off, and nothing else was shown yet. */
export type ShownWay = VerificationWay | 'none';

/** What holds until the administrator decides. */
const INITIALLY_ON: Readonly<Record<VerificationWay, boolean>> = {
  documents: true,
  // The administrator has named whom to trust in the settings; that is a decision.
  'openid-connect': true,
  vouching: false,
};

/** By which way each application is shown to be true: what is missing in it depends on that. */
export class ShownWays {
  readonly #store: VerificationStore;

  constructor(store: VerificationStore) {
    this.#store = store;
  }

  async isOn(way: VerificationWay, writer?: Writer): Promise<boolean> {
    const switched = (await this.#store.switches(writer)).find((row) => row.way === way);
    return switched === undefined ? INITIALLY_ON[way] : switched.is_on === 1;
  }

  /** Of each of some applications. What was shown holds when its way is switched off later. */
  async of(ids: readonly ApplicationId[], writer?: Writer): Promise<(id: ApplicationId) => ShownWay> {
    const attestations = await this.#store.attestations(ids, writer);
    const otherwise = (await this.isOn('documents', writer)) ? 'documents' : 'none';
    return (id) => attestations.get(id)?.way ?? otherwise;
  }
}
