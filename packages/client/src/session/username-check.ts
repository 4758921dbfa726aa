import { Localpart } from '@byline/protocol';
import { usernameAvailable } from '@byline/protocol/matrix/registration.ts';
import type { Api } from '../api/api.ts';
import { isApiError } from '../api/errors.ts';
import { type Observable, Source } from '../observable.ts';

/** What is known of a name that somebody would like. `unknown`: the server could not be asked; it will say so later. */
export type UsernameState = 'empty' | 'invalid' | 'checking' | 'free' | 'taken' | 'unknown';

/** Nobody types slower than that within a name, in milliseconds. */
const PAUSE = 350;

/** Asks, once somebody has paused, whether the name is free. */
export class UsernameCheck {
  readonly #api: Api;
  readonly #state = new Source<UsernameState>('empty');
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked: AbortController | undefined;

  constructor(api: Api) {
    this.#api = api;
  }

  get state(): Observable<UsernameState> {
    return this.#state;
  }

  /** @param username as it is typed; capitals are taken as small letters, as the server does. */
  look(username: string): void {
    clearTimeout(this.#timer);
    this.#asked?.abort();
    if (username === '') {
      this.#state.set('empty');
      return;
    }
    if (!Localpart.safeParse(username.toLowerCase()).success) {
      this.#state.set('invalid');
      return;
    }
    this.#state.set('checking');
    this.#timer = setTimeout(() => void this.#ask(username), PAUSE);
  }

  /** The server said so at the end, whatever it had said before. */
  refused(): void {
    this.#state.set('taken');
  }

  async #ask(username: string): Promise<void> {
    const asked = new AbortController();
    this.#asked = asked;
    const state = await this.#answer(username, asked.signal);
    if (!asked.signal.aborted) this.#state.set(state);
  }

  async #answer(username: string, signal: AbortSignal): Promise<UsernameState> {
    try {
      await this.#api.callUntil(signal, usernameAvailable, { query: { username } });
      return 'free';
    } catch (error) {
      if (isApiError(error, 'M_USER_IN_USE')) return 'taken';
      if (isApiError(error, 'M_INVALID_USERNAME')) return 'invalid';
      return 'unknown';
    }
  }
}
