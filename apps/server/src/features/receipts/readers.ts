import type { RoomId, UserId } from '@byline/protocol';
import type { LogEntry } from '../../platform/log/entry.ts';
import type { Log } from '../../platform/log/log.ts';
import { type ReadMarks, NOTHING_READ, RoomReceipts } from './read-marks.ts';
import type { ReadFloor, ReceiptStore } from './store.ts';

const READERS_KEPT = 20_000;

/** The receipts of one user, by room. */
class Reader {
  readonly #rooms = new Map<RoomId, RoomReceipts>();

  find(roomId: RoomId): RoomReceipts | undefined {
    return this.#rooms.get(roomId);
  }

  /** Those of a room, to be changed. */
  of(roomId: RoomId): RoomReceipts {
    const known = this.#rooms.get(roomId);
    if (known !== undefined) return known;
    const made = new RoomReceipts();
    this.#rooms.set(roomId, made);
    return made;
  }
}

/**
 * How far those have read who are here, in memory. It follows the log. Receipts only move forward, so what was committed
 * while a reader was loaded may be taken over before what was loaded.
 */
export class Readers {
  readonly #store: ReceiptStore;
  readonly #readers = new Map<UserId, { readonly reader: Reader; readonly loaded: Promise<void> }>();

  constructor(store: ReceiptStore, log: Log) {
    this.#store = store;
    log.follow((entries) => this.#apply(entries));
  }

  /** How far a user has read in a room. */
  async marksOf(userId: UserId, roomId: RoomId): Promise<ReadMarks> {
    return (await this.#load(userId)).find(roomId)?.marks ?? NOTHING_READ;
  }

  /** A user's receipts in a room, as they stand at the log's position whenever they are looked at. */
  async receiptsOf(userId: UserId, roomId: RoomId): Promise<RoomReceipts> {
    return (await this.#load(userId)).of(roomId);
  }

  /** Takes over a floor that is durable. */
  applyFloor({ userId, roomId, position }: ReadFloor): void {
    this.#readers.get(userId)?.reader.of(roomId).applyFloor(position);
  }

  async #load(userId: UserId): Promise<Reader> {
    const known = this.#readers.get(userId) ?? this.#startLoading(userId);
    await known.loaded;
    return known.reader;
  }

  #startLoading(userId: UserId) {
    const reader = new Reader();
    const loaded = this.#read(userId, reader);
    // Who waits for it is told of a failure; whoever comes next tries again.
    loaded.catch(() => this.#readers.delete(userId));
    const loading = { reader, loaded };
    this.#readers.set(userId, loading);
    this.#forgetOldest();
    return loading;
  }

  async #read(userId: UserId, reader: Reader): Promise<void> {
    const [receipts, floors] = await Promise.all([this.#store.ofUser(userId), this.#store.floorsOf(userId)]);
    for (const { roomId, receipt } of receipts) reader.of(roomId).apply(receipt);
    for (const { roomId, position } of floors) reader.of(roomId).applyFloor(position);
  }

  #forgetOldest(): void {
    if (this.#readers.size <= READERS_KEPT) return;
    const [oldest] = this.#readers.keys();
    if (oldest !== undefined) this.#readers.delete(oldest);
  }

  #apply(entries: readonly LogEntry[]): void {
    for (const entry of entries) {
      if (entry.kind === 'receipt') this.#readers.get(entry.userId)?.reader.of(entry.roomId).apply(entry.receipt);
    }
  }
}
