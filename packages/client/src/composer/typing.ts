import type { MatrixClient } from 'matrix-js-sdk';

/** How long the others believe it, how often it is said again, and after which pause it is no longer true; milliseconds. */
const BELIEVED = 20_000;
const SAY_AGAIN = 8000;
const PAUSE = 5000;

/** Tells the others that one is typing, no more often than they need. */
export class TypingNotice {
  readonly #client: MatrixClient;
  readonly #roomId: string;
  #saidAt = -Infinity;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(client: MatrixClient, roomId: string) {
    this.#client = client;
    this.#roomId = roomId;
  }

  typed(): void {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.stopped(), PAUSE);
    if (Date.now() - this.#saidAt < SAY_AGAIN) return;
    this.#saidAt = Date.now();
    this.#tell(true);
  }

  stopped(): void {
    clearTimeout(this.#pause);
    if (this.#saidAt === -Infinity) return;
    this.#saidAt = -Infinity;
    this.#tell(false);
  }

  #tell(isTyping: boolean): void {
    // It is worth nothing a moment later, so nobody is told when it fails.
    this.#client.sendTyping(this.#roomId, isTyping, BELIEVED).catch(() => undefined);
  }
}
