/**
 * Runs pieces of work one after the other. For what is decided by memory and then written: the second of two that come at
 * once must see what the first has written.
 */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs `work` when all before it are done, however they ended. */
  take<Result>(work: () => Promise<Result>): Promise<Result> {
    const taken = this.#last.then(work, work);
    this.#last = taken;
    return taken;
  }
}
