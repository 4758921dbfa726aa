import { ProviderMetadata, PublicKeySet } from '@byline/protocol/byline/verification.ts';
import { allowInsecureRequests, discovery, None } from 'openid-client';
import type { Clock } from '../../../platform/clock.ts';
import type { OpenIdSettings } from '../../../platform/config/config.ts';
import { WayUnavailable } from './way.ts';

const TIMEOUT_S = 10;
/** How long what an issuer says of itself is believed without asking again. */
const FRESH_MS = 10 * 60_000;
/** How long an issuer that does not answer is left alone. */
const LEFT_ALONE_MS = 2_000;

interface Asked {
  readonly at: number;
  readonly metadata: Promise<ProviderMetadata>;
}

/** An identity provider, as far as the server needs it: what it says of itself, and its public keys. Never a claim. */
export class OpenIdProvider {
  readonly settings: OpenIdSettings;
  readonly #clock: Clock;
  #asked: Asked | undefined;
  #tokenOrigin: string | undefined;

  constructor(settings: OpenIdSettings, clock: Clock) {
    this.settings = settings;
    this.#clock = clock;
  }

  /** Throws `WayUnavailable`. */
  async metadata(): Promise<ProviderMetadata> {
    const now = this.#clock.now();
    if (this.#asked !== undefined && now - this.#asked.at < FRESH_MS) return this.#asked.metadata;
    const asked: Asked = { at: now, metadata: this.#discover() };
    this.#asked = asked;
    try {
      return await asked.metadata;
    } catch (error) {
      this.#asked = { ...asked, at: now - FRESH_MS + LEFT_ALONE_MS };
      throw error;
    }
  }

  /** Where browsers speak with it. What it says of that itself is known once it was asked. */
  origins(): string[] {
    const issuer = new URL(this.settings.issuer).origin;
    return [...new Set([issuer, this.#tokenOrigin ?? issuer])];
  }

  /** The keys with which it signs now. Throws `WayUnavailable`. */
  async keys(): Promise<PublicKeySet> {
    const { jwks_uri: address } = await this.metadata();
    return this.#ask(async () => {
      const response = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_S * 1_000), redirect: 'error' });
      if (!response.ok) throw new Error(`The keys were answered with the status ${response.status}.`);
      return PublicKeySet.parse(await response.json());
    });
  }

  #discover(): Promise<ProviderMetadata> {
    const { issuer, clientId } = this.settings;
    // Settings allow http: on this machine alone.
    const execute = issuer.startsWith('http:') ? [allowInsecureRequests] : [];
    return this.#ask(async () => {
      const found = await discovery(new URL(issuer), clientId, undefined, None(), { execute, timeout: TIMEOUT_S });
      const metadata = ProviderMetadata.parse(found.serverMetadata());
      this.#tokenOrigin = new URL(metadata.token_endpoint).origin;
      return metadata;
    });
  }

  async #ask<Answer>(question: () => Promise<Answer>): Promise<Answer> {
    try {
      return await question();
    } catch (cause) {
      throw new WayUnavailable(`${this.settings.name} does not answer as it should at the moment.`, { cause });
    }
  }
}
