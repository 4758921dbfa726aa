import type { Serialised } from '../../../platform/http/answer.ts';
import type { Position } from '../../../platform/log/entry.ts';
import type { UserView } from './view.ts';

const LONGEST_WAIT_MS = 60_000;

/** `undefined`: there is nothing to tell. */
type Found = Serialised | undefined;

/** What a poll asks of the sync that it waits for. Each is answered at once if memory alone tells it. */
export interface Look<Wanted> {
  /** The position of the newest durable entry. */
  readonly position: Position;
  /** The answer, if there is anything to tell up to a position. */
  look(poll: Poll<Wanted>, upTo: Position): Found | Promise<Found>;
  /** The answer when there is nothing to tell up to a position. */
  nothing(poll: Poll<Wanted>, upTo: Position): Serialised | Promise<Serialised>;
}

/** Who asked. */
export interface Asker {
  answer(answer: Serialised): void;
  refuse(error: unknown): void;
  /** Tells when there is nobody any more who waits. */
  onGone(listener: () => void): void;
}

/** `woken`: it looks, and what it has looked at may be old already. */
type State = 'waiting' | 'looking' | 'woken' | 'answered';

/**
 * One request for news: until there are some, its time is over, or its device has gone away. It is an object that is woken
 * and not an async function that waits, because what each of thousands keeps alive meanwhile is what waiting costs.
 */
export class Poll<Wanted> {
  readonly wanted: Wanted;
  readonly view: UserView;
  readonly #sync: Look<Wanted>;
  readonly #asker: Asker;
  #timer: NodeJS.Timeout | undefined;
  #state: State = 'waiting';
  #isOver = false;
  /** Up to where it has looked. */
  #upTo: Position = 0;

  constructor(sync: Look<Wanted>, asker: Asker, wanted: Wanted, view: UserView) {
    this.#sync = sync;
    this.#asker = asker;
    this.wanted = wanted;
    this.view = view;
  }

  /** Looks, and waits so many milliseconds if need be, unless whoever asked goes away. */
  begin(timeoutMs: number): void {
    this.#isOver = timeoutMs <= 0;
    // Before the first look, so that nothing slips in between.
    this.view.addPoll(this);
    this.#look();
    if (this.#state !== 'answered' && !this.#isOver) this.#beginToWait(timeoutMs);
  }

  /** There may be news. */
  wake(): void {
    if (this.#state === 'waiting') this.#look();
    else if (this.#state === 'looking') this.#state = 'woken';
  }

  /** Waits no more. */
  end(): void {
    this.#isOver = true;
    this.wake();
  }

  #beginToWait(timeoutMs: number): void {
    const end = () => this.end();
    this.#timer = setTimeout(end, Math.min(timeoutMs, LONGEST_WAIT_MS));
    this.#asker.onGone(end);
  }

  #look(): void {
    this.#state = 'looking';
    this.#upTo = this.#sync.position;
    try {
      const found = this.#sync.look(this, this.#upTo);
      if (found instanceof Promise) this.#takeLater(found);
      else this.#take(found);
    } catch (error) {
      this.#fail(error);
    }
  }

  #takeLater(found: Promise<Found>): void {
    found.then(
      (answer) => this.#take(answer),
      (error: unknown) => this.#fail(error),
    );
  }

  #take(found: Found): void {
    const answer = found ?? (this.#isOver ? this.#sync.nothing(this, this.#upTo) : undefined);
    if (answer instanceof Promise) this.#takeLater(answer);
    else if (answer !== undefined) {
      this.#leave();
      this.#asker.answer(answer);
    } else if (this.#state === 'woken') this.#look();
    else this.#state = 'waiting';
  }

  #fail(error: unknown): void {
    this.#leave();
    this.#asker.refuse(error);
  }

  #leave(): void {
    this.#state = 'answered';
    clearTimeout(this.#timer);
    this.view.removePoll(this);
  }
}
