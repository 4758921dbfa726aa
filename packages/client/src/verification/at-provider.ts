import { sealEvidence } from '@byline/core/identity/seal-identity.ts';
import type { ProvenIdentity } from '@byline/core/identity/id-token-claims.ts';
import { IDENTITY_FIELDS, type ApplicationId } from '@byline/protocol/byline/identity.ts';
import type { Attestation, Finish, Step, Way } from '@byline/protocol/byline/verification.ts';
import type { KeyId } from '@byline/protocol/byline/sealed.ts';
import { returnFromProvider, Visit, visitProvider } from './provider-visit.ts';
import { VerificationFailed } from './verification-failed.ts';

/** What the server is asked. Each may throw what the calls throw. */
export interface VerificationCalls {
  readonly ways: () => Promise<readonly Way[]>;
  readonly begin: (application: ApplicationId, way: 'openid-connect') => Promise<Step>;
  readonly reviewersKey: () => Promise<{ readonly kid: KeyId; readonly public_key: string }>;
  readonly uploadToken: (application: ApplicationId, kid: KeyId, sealed: Uint8Array<ArrayBuffer>) => Promise<unknown>;
  readonly finish: (application: ApplicationId, answer: Finish) => Promise<Attestation | null>;
}

/** Where a visit is remembered: it must outlive the page, and end with the tab. */
export interface VisitMemory {
  readonly read: () => string | undefined;
  readonly write: (visit: string) => void;
  readonly remove: () => void;
}

/** What somebody has shown, and what they may take over into the form. */
export interface Shown {
  readonly attestation: Attestation;
  readonly proven: ProvenIdentity;
  readonly application: ApplicationId;
}

/** Showing who one is at an identity provider: away from this page, and back. */
export class AtProvider {
  readonly #calls: VerificationCalls;
  readonly #memory: VisitMemory;

  constructor(calls: VerificationCalls, memory: VisitMemory) {
    this.#calls = calls;
    this.#memory = memory;
  }

  /** Where to go now. Throws what the calls throw (`BYLINE_UNAVAILABLE` names the other ways). */
  async leave(application: ApplicationId): Promise<URL> {
    const step = await this.#calls.begin(application, 'openid-connect');
    if (step.way !== 'openid-connect') throw new Error('The server began another way than it was asked for.');
    const { url, visit } = await visitProvider(application, step);
    this.#memory.write(JSON.stringify(visit));
    return url;
  }

  /**
   * Takes over what came back: what the provider signed leaves this page sealed to the reviewers, and nothing else of it.
   *
   * @throws VerificationFailed, and what the calls throw; then the application stands where it stood
   */
  async comeBack(current: URL): Promise<Shown> {
    const visit = this.#visit();
    this.#memory.remove();
    const { application } = visit;
    const { token, proven } = await returnFromProvider(visit, current);
    const fields = IDENTITY_FIELDS.filter((field) => proven.identity[field] !== undefined);
    if (fields.length === 0)
      throw new VerificationFailed('not-trustworthy', `${visit.step.name} did not say who you are.`);
    const { kid, public_key: publicKey } = await this.#calls.reviewersKey();
    const sealed = await sealEvidence(publicKey, application, 'id-token', new TextEncoder().encode(token));
    await this.#calls.uploadToken(application, kid, sealed);
    const answer = { way: 'openid-connect', fields, assurance: proven.assurance } as const;
    const attestation = await this.#calls.finish(application, answer);
    if (attestation === null) throw new Error('The server kept nothing of what was shown.');
    return { attestation, proven, application };
  }

  /** The ways that are open besides, for who did not get on with this one. */
  async others(): Promise<readonly Way[]> {
    return (await this.#calls.ways()).filter(({ id, state }) => state === 'on' && id !== 'openid-connect');
  }

  #visit(): Visit {
    const visit = Visit.safeParse(jsonOf(this.#memory.read()));
    if (visit.success) return visit.data;
    throw new VerificationFailed('interrupted', 'This was not begun in this tab. Please begin it again.');
  }
}

const jsonOf = (text: string | undefined): unknown => {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
};
