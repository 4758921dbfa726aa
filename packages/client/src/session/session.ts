import { setUp } from '@byline/protocol/byline/setup.ts';
import { logout } from '@byline/protocol/matrix/login.ts';
import { setProfileField } from '@byline/protocol/matrix/profile.ts';
import { Api } from '../api/api.ts';
import { type Credentials, KeptCredentials } from '../api/credentials.ts';
import { isApiError } from '../api/errors.ts';
import { isSignedIn, Tokens, type WhySignedOut } from '../api/tokens.ts';
import type { KeptText } from '../kept-text.ts';
import { type Observable, Source } from '../observable.ts';
import type { SignInRequest } from './sign-in.ts';
import type { NewAccount } from './sign-up.ts';
import { SignedIn } from './signed-in.ts';

export type SessionState =
  | { readonly status: 'signed-out'; readonly why: WhySignedOut }
  | { readonly status: 'signed-in'; readonly account: SignedIn };

/** Who is using the app: known at once after a reload, and the same in all tabs of the browser. */
export class Session {
  readonly api: Api;
  readonly #tokens: Tokens;
  readonly #kept: KeptText;
  readonly #now: () => number;
  readonly #state: Source<SessionState>;

  constructor(parts: { readonly baseUrl: string; readonly kept: KeptText; readonly now?: () => number }) {
    this.#kept = parts.kept;
    this.#now = parts.now ?? Date.now;
    this.#tokens = new Tokens({ ...parts, kept: new KeptCredentials(parts.kept) });
    this.api = new Api({ baseUrl: parts.baseUrl, tokens: this.#tokens });
    this.#state = new Source(this.#follow(undefined));
    this.#tokens.state.subscribe(() => this.#state.update((before) => this.#follow(before)));
  }

  get state(): Observable<SessionState> {
    return this.#state;
  }

  /** Gives whether the name was kept, too; the account is there in any case. Throws `ApiError` and `RulesChanged`. */
  async signUp(account: NewAccount): Promise<boolean> {
    const { signUp } = await import('./sign-up.ts');
    const credentials = await signUp(this.api, account, this.#now());
    this.#tokens.take(credentials);
    if (account.name === '') return true;
    const field = { userId: credentials.userId, keyName: 'displayname' };
    try {
      await this.api.call(setProfileField, { params: field, body: { displayname: account.name } });
      return true;
    } catch {
      return false;
    }
  }

  /** Throws `ApiError`. */
  async signIn(request: SignInRequest): Promise<void> {
    // Most who open the app are signed in already, and need no way in.
    const { signIn } = await import('./sign-in.ts');
    this.#tokens.take(await signIn(this.api, request, this.#now()));
  }

  /** Signs this device out. Throws `ApiError` when the server could not be told; then nothing has changed. */
  async signOut(): Promise<void> {
    try {
      await this.api.call(logout);
    } catch (error) {
      if (!isApiError(error, 'M_UNKNOWN_TOKEN', 'M_MISSING_TOKEN')) throw error;
    }
    this.#tokens.forget('left');
  }

  /** Forgets the session after the account itself has ended. */
  closed(): void {
    this.#tokens.forget('left');
  }

  /** Makes whoever is signed in the first administrator, by the token of the one-time link. Throws `ApiError`. */
  async setUp(token: string): Promise<void> {
    await this.api.call(setUp, { body: { token } });
    const state = this.#state.get();
    if (state.status === 'signed-in') await state.account.me.reload();
  }

  #follow(before: SessionState | undefined): SessionState {
    const tokens = this.#tokens.state.get();
    const account = before?.status === 'signed-in' ? before.account : undefined;
    if (isSignedIn(tokens)) {
      if (before !== undefined && account?.userId === tokens.userId && account.deviceId === tokens.deviceId)
        return before;
      void account?.end({ forget: false });
      return { status: 'signed-in', account: this.#accountOf(tokens) };
    }
    // Who was signed out by somebody else finds what they wrote when they come back.
    void account?.end({ forget: tokens.why === 'left' });
    return { status: 'signed-out', why: tokens.why };
  }

  #accountOf({ userId, deviceId }: Credentials): SignedIn {
    return new SignedIn({ userId, deviceId, api: this.api, tokens: this.#tokens, kept: this.#kept });
  }
}
