import type { Filter } from '@byline/protocol/matrix/filter.ts';
import type { Position } from '../../platform/log/entry.ts';
import { nothingNew } from './answer-writer.ts';
import type { Answer } from './shared-answers.ts';
import type { SyncDevice } from './sources.ts';
import type { UserView } from './view.ts';

const LONGEST_WAIT_MS = 60_000;

export interface SyncRequest {
  readonly device: SyncDevice;
  readonly since: Position | undefined;
  /** The id of a stored filter, or a filter as JSON. */
  readonly filter: string | undefined;
  readonly fullState: boolean;
  readonly timeoutMs: number;
  readonly onGone: (listener: () => void) => void;
}

/** What a poll asks of sync. */
export interface Look {
  /** The position of the newest durable entry. */
  readonly position: Position;
  /** The answer, if there is anything to tell up to a position; at once if memory alone tells it. */
  look(poll: Poll, upTo: Position): Answer | Promise<Answer>;
}

/** `woken`: it looks, and what it has looked at may be old already. */
type State = 'waiting' | 'looking' | 'woken' | 'answered';

/**
 * One request for news: until there are some, its time is over, or its device has gone away. It is an object that is woken
 * and not an async function that waits, because what each of thousands keeps alive meanwhile is what waiting costs.
 */
export class Poll {
  readonly request: SyncRequest;
  readonly filter: Filter;
  readonly view: UserView;
  readonly #sync: Look;
  #resolve: (answer: string) => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;
  #timer: NodeJS.Timeout | undefined;
  #state: State = 'waiting';
  #isOver = false;
  /** Up to where it has looked. */
  #upTo: Position = 0;

  constructor(sync: Look, request: SyncRequest, filter: Filter, view: UserView) {
    this.#sync = sync;
    this.request = request;
    this.filter = filter;
    this.view = view;
  }

  /** Looks, and waits so many milliseconds if need be. */
  answer(timeoutMs: number): Promise<string> {
    this.#isOver = timeoutMs <= 0;
    const answered = new Promise<string>((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Before the first look, so that nothing slips in between.
    this.view.addPoll(this);
    this.#look();
    if (this.#state !== 'answered' && !this.#isOver) this.#beginToWait(timeoutMs);
    return answered;
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
    this.#timer = setTimeout(() => this.end(), Math.min(timeoutMs, LONGEST_WAIT_MS));
    this.request.onGone(() => this.end());
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

  #takeLater(found: Promise<Answer>): void {
    found.then(
      (answer) => this.#take(answer),
      (error: unknown) => this.#fail(error),
    );
  }

  #take(found: Answer): void {
    const answer = found ?? (this.#isOver ? nothingNew(this.#upTo) : undefined);
    if (answer !== undefined) {
      this.#leave();
      this.#resolve(answer);
    } else if (this.#state === 'woken') this.#look();
    else this.#state = 'waiting';
  }

  #fail(error: unknown): void {
    this.#leave();
    this.#reject(error);
  }

  #leave(): void {
    this.#state = 'answered';
    clearTimeout(this.#timer);
    this.view.removePoll(this);
  }
}
