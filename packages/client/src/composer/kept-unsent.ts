import { JsonObject } from '@byline/protocol';
import { ClientEvent, EventStatus, type MatrixClient, MatrixEvent, type Room, RoomEvent } from 'matrix-js-sdk';
import { z } from 'zod';
import type { KeptText } from '../kept-text.ts';

/** Before the names of all that is kept of what an account has not sent yet. */
export const unsentPrefix = (userId: string): string => `byline.unsent ${userId} `;

const Unsent = z.object({ txnId: z.string(), type: z.string(), content: JsonObject, at: z.number() });
type Unsent = z.output<typeof Unsent>;

const isOnItsWay = ({ status }: MatrixEvent): boolean =>
  status !== null && status !== EventStatus.SENT && status !== EventStatus.CANCELLED;

/**
 * Keeps over a reload what could not be sent, as it was written: like drafts, on this device alone. The library would
 * keep it encrypted, and not be able to show it again. A message goes under its own transaction's id each time, so the
 * server takes it once.
 */
export class KeptUnsent {
  readonly #client: MatrixClient;
  readonly #kept: KeptText;
  readonly #prefix: string;
  readonly #restored = new Set<string>();

  private constructor(client: MatrixClient, kept: KeptText) {
    this.#client = client;
    this.#kept = kept;
    this.#prefix = `${unsentPrefix(client.getSafeUserId())}room `;
  }

  /** Gives back what was kept, and keeps what is written from now on. */
  static follow(client: MatrixClient, kept: KeptText): void {
    const unsent = new KeptUnsent(client, kept);
    for (const room of client.getRooms()) unsent.#restore(room);
    client.on(ClientEvent.Room, (room) => unsent.#restore(room));
    client.on(RoomEvent.LocalEchoUpdated, (_event, room) => unsent.#keep(room));
  }

  #keep(room: Room): void {
    if (!this.#restored.has(room.roomId)) return;
    const unsent = room.getPendingEvents().filter(isOnItsWay).map(unsentOf);
    const key = this.#prefix + room.roomId;
    if (unsent.length === 0) this.#kept.remove(key);
    else this.#kept.write(key, JSON.stringify(unsent));
  }

  #restore(room: Room): void {
    if (this.#restored.has(room.roomId)) return;
    for (const unsent of this.#read(room.roomId)) {
      if (room.getEventForTxnId(unsent.txnId) === undefined) this.#add(room, unsent);
    }
    this.#restored.add(room.roomId);
  }

  #read(roomId: string): readonly Unsent[] {
    try {
      return z.array(Unsent).parse(JSON.parse(this.#kept.read(this.#prefix + roomId) ?? '[]'));
    } catch {
      // What another version wrote can't be read; what the person sees is what there is.
      return [];
    }
  }

  #add(room: Room, { txnId, type, content, at }: Unsent): void {
    const event = new MatrixEvent({
      event_id: `~${room.roomId}:${txnId}`,
      room_id: room.roomId,
      sender: this.#client.getSafeUserId(),
      origin_server_ts: at,
      type,
      content,
    });
    event.setTxnId(txnId);
    event.setStatus(EventStatus.NOT_SENT);
    room.addPendingEvent(event, txnId);
  }
}

const unsentOf = (event: MatrixEvent): Unsent => ({
  txnId: event.getTxnId() ?? '',
  type: event.getType(),
  content: event.getOriginalContent(),
  at: event.getTs(),
});
