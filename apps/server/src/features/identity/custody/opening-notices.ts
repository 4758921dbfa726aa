import type { UserId } from '@byline/protocol';
import type { CustodyField, OpeningId } from '@byline/protocol/byline/custody.ts';
import type { Logger } from 'pino';
import type { Clock } from '../../../platform/clock.ts';
import type { Engine } from '../../../platform/engine/engine.ts';
import { type OpeningStore, requestOf } from './opening-store.ts';
import type { OrderStore } from './order-store.ts';

export interface OpeningNoticesParts {
  readonly store: OpeningStore;
  readonly orders: OrderStore;
  readonly engine: Engine;
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'error'>;
}

/** That somebody's identity was opened, as far as they may be told. */
export interface OpenedIdentity {
  readonly opening: OpeningId;
  readonly subject: UserId;
  readonly fields: readonly CustodyField[];
  readonly authority: string;
}

/** How often it looks whether somebody is to be told. */
const EVERY_MS = 60_000;

/**
 * Has people told that their identity was opened, at once or when the order says. What is still to be told is in the
 * database, so a restart delays it and loses nothing; whoever tells must not do it twice for one opening.
 */
export class OpeningNotices {
  readonly #parts: OpeningNoticesParts;
  #tell: ((opened: OpenedIdentity) => Promise<void>) | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #underway: Promise<void> = Promise.resolve();

  constructor(parts: OpeningNoticesParts) {
    this.#parts = parts;
  }

  /** Begins to tell, at once what is due, by `tell`. */
  start(tell: (opened: OpenedIdentity) => Promise<void>): void {
    this.#tell = tell;
    this.#timer = setInterval(() => this.wake(), EVERY_MS).unref();
    this.wake();
  }

  /** Looks now whether somebody is to be told. */
  wake(): void {
    this.#underway = this.#underway.then(() =>
      this.#tellDue().catch((error: unknown) =>
        this.#parts.logger.error({ err: error }, 'a notice of an opening could not be given yet'),
      ),
    );
  }

  /** Resolves when nobody is being told any more. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#underway;
  }

  async #tellDue(): Promise<void> {
    const { store, orders, engine, clock } = this.#parts;
    if (this.#tell === undefined) return;
    await engine.transaction((writer) => store.forgetEnded(writer, clock.now()));
    for (const row of await store.due(clock.now())) {
      const { opening_id: opening, subject } = row;
      const order = await orders.find(row.order_id);
      const authority = order?.content.authority ?? '';
      await this.#tell({ opening, subject, fields: requestOf(row).fields, authority });
      await engine.transaction((writer) => store.update(writer, opening, { told_at: clock.now() }));
    }
  }
}
