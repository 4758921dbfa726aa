import type { FastifyReply } from 'fastify';
import { sendSerialised, type Serialised } from './answer.ts';

/**
 * A call that is held until there is something to say. It is an object that is told its answer, and not a promise that is
 * waited for, because what each of thousands keeps alive meanwhile is what waiting costs.
 */
export class HeldCall {
  readonly #reply: FastifyReply;

  constructor(reply: FastifyReply) {
    this.#reply = reply;
  }

  /** Answers it. */
  answer(answer: Serialised): void {
    sendSerialised(this.#reply, answer);
  }

  /** Ends it as an operation ends that throws. */
  refuse(error: unknown): void {
    void this.#reply.send(error instanceof Error ? error : new Error('what was thrown is no error', { cause: error }));
  }

  /** Tells when the caller has gone away. */
  onGone(listener: () => void): void {
    this.#reply.raw.on('close', listener);
  }
}
