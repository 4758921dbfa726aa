import { refresh } from '@byline/protocol/matrix/login.ts';
import { Source, type Observable } from '../observable.ts';
import type { Credentials, KeptCredentials } from './credentials.ts';
import { ApiError, refusalOf } from './errors.ts';

/** Why nobody is signed in: nobody was, the person left, or the server no longer knows the device. */
export type WhySignedOut = 'never' | 'left' | 'ended';

export type TokenState = Credentials | { readonly why: WhySignedOut };

export const isSignedIn = (state: TokenState): state is Credentials => 'accessToken' in state;

/** A token that ends sooner than this is renewed before it is used, in milliseconds. */
const RENEW_BEFORE = 30_000;
const LOCK = 'byline.tokens';

/**
 * The tokens of the device, shared by all tabs: whichever tab renews them first does it for all
 * (specification, client-server API: "Refreshing access tokens").
 */
export class Tokens {
  readonly #baseUrl: string;
  readonly #kept: KeptCredentials;
  readonly #now: () => number;
  readonly #state: Source<TokenState>;

  constructor(parts: { readonly baseUrl: string; readonly kept: KeptCredentials; readonly now?: () => number }) {
    this.#baseUrl = parts.baseUrl;
    this.#kept = parts.kept;
    this.#now = parts.now ?? Date.now;
    this.#state = new Source<TokenState>(parts.kept.read() ?? { why: 'never' });
    parts.kept.onChangeElsewhere(() => this.#state.set(parts.kept.read() ?? { why: 'left' }));
  }

  get state(): Observable<TokenState> {
    return this.#state;
  }

  areThere(): boolean {
    return isSignedIn(this.#state.get());
  }

  /** Takes new credentials, and keeps them over a reload. */
  take(credentials: Credentials): void {
    this.#kept.write(credentials);
    this.#state.set(credentials);
  }

  /** Forgets the credentials here and in all tabs. */
  forget(why: WhySignedOut): void {
    this.#kept.clear();
    if (this.areThere()) this.#state.set({ why });
  }

  /** An access token that still holds. Throws `ApiError` `M_MISSING_TOKEN`. */
  async current(): Promise<string> {
    const credentials = this.#credentials();
    const { expiresAt, accessToken } = credentials;
    if (expiresAt === undefined || expiresAt - this.#now() > RENEW_BEFORE) return accessToken;
    return this.#renewed(accessToken);
  }

  /** As the global `fetch`, signed in. When the token has ended it is renewed, and the request made once more. */
  readonly fetch = async (input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    const token = await this.current();
    const response = await fetch(input, withToken(init, token));
    if (response.status !== 401 || !(await isUnknownToken(response))) return response;
    return fetch(input, withToken(init, await this.#renewed(token)));
  };

  #credentials(): Credentials {
    const state = this.#state.get();
    if (isSignedIn(state)) return state;
    throw new ApiError('M_MISSING_TOKEN', 'Please sign in first.');
  }

  /** A token other than `old`: the one that another request or tab has got meanwhile, or a new one. */
  #renewed(old: string): Promise<string> {
    return inTurn(async () => {
      const kept = this.#kept.read() ?? this.#credentials();
      if (kept.accessToken !== old) {
        this.#state.set(kept);
        return kept.accessToken;
      }
      const renewed = await this.#renew(kept);
      this.take(renewed);
      return renewed.accessToken;
    });
  }

  async #renew(old: Credentials): Promise<Credentials> {
    if (old.refreshToken === undefined) return this.#ended();
    const response = await fetch(this.#baseUrl + refresh.paths[0], {
      method: refresh.method,
      body: JSON.stringify({ refresh_token: old.refreshToken }),
    });
    const body: unknown = await response.json().catch(() => undefined);
    if (response.status === 401 || response.status === 403) return this.#ended();
    if (!response.ok) throw refusalOf(response.status, body);
    const answer = refresh.answer.parse(body);
    return {
      ...old,
      accessToken: answer.access_token,
      refreshToken: answer.refresh_token ?? old.refreshToken,
      expiresAt: answer.expires_in_ms === undefined ? undefined : this.#now() + answer.expires_in_ms,
    };
  }

  #ended(): never {
    this.forget('ended');
    throw new ApiError('M_UNKNOWN_TOKEN', 'This device was signed out. Please sign in again.');
  }
}

/** One after the other, in all tabs. */
function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  return navigator.locks.request(LOCK, work);
}

function withToken(init: RequestInit, token: string): RequestInit {
  const headers = new Headers(init.headers);
  headers.set('authorization', `Bearer ${token}`);
  return { ...init, headers };
}

async function isUnknownToken(response: Response): Promise<boolean> {
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined);
  return typeof body === 'object' && body !== null && 'errcode' in body && body.errcode === 'M_UNKNOWN_TOKEN';
}
