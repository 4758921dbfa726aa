import { REQUESTED_CLAIMS } from '@byline/core/identity/id-token-claims.ts';
import { DomainError } from '@byline/protocol';
import type { Finish, TokenProof } from '@byline/protocol/byline/verification.ts';
import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../platform/clock.ts';
import type { Engine, Writer } from '../../../platform/engine/engine.ts';
import type { EvidenceStore } from '../evidence-store.ts';
import type { ReviewersKeys } from '../reviewers-keys.ts';
import type { OpenIdProvider } from './open-id-provider.ts';
import type { VerificationStore } from './store.ts';
import type { AttemptRow } from './tables.ts';
import type { Applicant, Attested, Way } from './way.ts';

interface OpenIdConnectParts {
  /** `undefined`: the administrator has named none. */
  readonly provider: OpenIdProvider | undefined;
  readonly store: VerificationStore;
  readonly evidenceStore: EvidenceStore;
  readonly reviewersKeys: ReviewersKeys;
  readonly engine: Engine;
  readonly clock: Clock;
  readonly publicUrl: string;
}

/** Where the identity provider sends people back to; a screen of the app. */
const RETURN_PATH = '/me/apply/verified';
/** How long somebody may stay at the identity provider. */
const LONGEST_ATTEMPT_MS = 60 * 60_000;

type Answer = Extract<Finish, { way: 'openid-connect' }>;

/**
 * OpenID Connect between the applicant's browser and the identity provider (docs/adr/0006): the server says where it is
 * and gives a challenge, and is told when a signed token was sealed for the reviewers. It never has the token, nor what is
 * in it; so what it keeps is the applicant's word until a reviewer's browser has checked the signature.
 */
export class OpenIdConnect implements Way<'openid-connect'> {
  readonly id = 'openid-connect';
  readonly #parts: OpenIdConnectParts;

  constructor(parts: OpenIdConnectParts) {
    this.#parts = parts;
  }

  get by() {
    const settings = this.#parts.provider?.settings;
    return settings === undefined ? undefined : { issuer: settings.issuer, name: settings.name };
  }

  readonly origins = (): readonly string[] => this.#parts.provider?.origins() ?? [];

  readonly readiness = async (): Promise<'on' | 'not-set-up' | 'unreachable'> => {
    const { provider } = this.#parts;
    if (provider === undefined) return 'not-set-up';
    return provider.metadata().then(
      () => 'on',
      () => 'unreachable',
    );
  };

  readonly begin = async ({ application }: Applicant) => {
    const provider = this.#provider();
    const metadata = await provider.metadata();
    const challenge = randomBytes(32).toString('base64url');
    const begun = { application_id: application.application_id, challenge, begun_at: this.#parts.clock.now() };
    await this.#parts.engine.transaction((writer) => this.#parts.store.begin(writer, begun));
    return {
      way: 'openid-connect',
      name: provider.settings.name,
      provider: metadata,
      client_id: provider.settings.clientId,
      redirect_uri: `${this.#parts.publicUrl}${RETURN_PATH}`,
      scope: 'openid',
      claims: REQUESTED_CLAIMS,
      challenge,
    } as const;
  };

  readonly finish = async (applicant: Applicant, answer: Answer): Promise<(writer: Writer) => Promise<Attested>> => {
    const provider = this.#provider();
    const keys = await provider.keys();
    return async (writer) => {
      const { challenge, begun_at: since } = await this.#requireAttempt(writer, applicant);
      await this.#requireToken(writer, applicant, since);
      const { issuer, clientId, name } = provider.settings;
      const proof: TokenProof = { issuer, client_id: clientId, challenge, keys };
      return {
        way: 'openid-connect',
        by: issuer,
        name,
        fields: JSON.stringify(answer.fields),
        assurance: answer.assurance,
        proof: JSON.stringify(proof),
        vouch_id: null,
      };
    };
  };

  #provider(): OpenIdProvider {
    const { provider } = this.#parts;
    if (provider !== undefined) return provider;
    throw new DomainError('M_FORBIDDEN', 'This provider trusts no identity provider yet. Please choose another way.');
  }

  async #requireAttempt(writer: Writer, { application }: Applicant): Promise<AttemptRow> {
    const { store, clock } = this.#parts;
    const id = application.application_id;
    const attempt = await store.attempt(id, writer);
    if (attempt === undefined || clock.now() - attempt.begun_at > LONGEST_ATTEMPT_MS)
      throw new DomainError('M_BAD_STATE', 'This took too long, or was finished already. Please begin it again.');
    await store.endAttempt(writer, id);
    return attempt;
  }

  async #requireToken(writer: Writer, { application }: Applicant, since: number): Promise<void> {
    const { evidenceStore, reviewersKeys } = this.#parts;
    const evidence = await evidenceStore.of([application.application_id], writer);
    const kid = reviewersKeys.kidFor('evidence');
    if (!evidence.some((one) => one.piece === 'id-token' && one.kid === kid && one.uploaded_at >= since))
      throw new DomainError('M_MISSING_PARAM', 'What the identity provider signed was not sealed and sent yet.');
  }
}
