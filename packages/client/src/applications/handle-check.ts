import { handleProblem, type HandleProblem, normaliseHandle } from '@byline/core/account/handle.ts';
import { checkHandle } from '@byline/protocol/byline/accounts.ts';
import type { Api } from '../api/api.ts';
import { type Observable, Source } from '../observable.ts';

/** Whether a handle can be had. `unknown`: the server could not be asked; it is asked again when the form is sent. */
export type HandleState =
  | { readonly state: 'empty' | 'checking' | 'free' | 'taken' | 'unknown' }
  | { readonly state: 'wrong'; readonly problem: HandleProblem };

const PAUSE = 300;

/** Asks, while one writes a handle, whether it can be had. */
export class HandleCheck {
  readonly #api: Api;
  readonly #state = new Source<HandleState>({ state: 'empty' });
  #pause: ReturnType<typeof setTimeout> | undefined;
  #asked = '';

  constructor(api: Api) {
    this.#api = api;
  }

  get state(): Observable<HandleState> {
    return this.#state;
  }

  /** Looks at what is written now. What is wrong with it is said at once, whether it is taken after a pause. */
  look(text: string): void {
    const handle = normaliseHandle(text);
    if (handle === this.#asked && this.#state.get().state !== 'unknown') return;
    this.#asked = handle;
    clearTimeout(this.#pause);
    const problem = handleProblem(handle);
    if (handle === '') this.#state.set({ state: 'empty' });
    else if (problem !== undefined) this.#state.set({ state: 'wrong', problem });
    else {
      this.#state.set({ state: 'checking' });
      this.#pause = setTimeout(() => void this.#ask(handle), PAUSE);
    }
  }

  /** Asks again, after the server said otherwise. */
  again(): void {
    const handle = this.#asked;
    this.#asked = '';
    this.look(handle);
  }

  async #ask(handle: string): Promise<void> {
    const state = await this.#answer(handle);
    if (handle === this.#asked) this.#state.set({ state });
  }

  async #answer(handle: string): Promise<'free' | 'taken' | 'unknown'> {
    try {
      const { available } = await this.#api.call(checkHandle, { params: { handle } });
      return available ? 'free' : 'taken';
    } catch {
      return 'unknown';
    }
  }
}
