import type { SyncDevice } from '../sync/service.ts';
import { Connection, unknownPosition } from './connection.ts';

/** Of one device; a client needs three at most. */
const CONNECTIONS_OF_A_DEVICE = 8;
const CONNECTIONS_KEPT = 20_000;
/** Rooms of all connections together: what is known of one takes a few hundred bytes. */
const ROOMS_KEPT = 2_000_000;

/** The connections of all devices, in memory. Those that were used longest ago go first; then their clients begin anew. */
export class Connections {
  /** A map keeps the order in which its keys were added: here those used last come last. */
  readonly #connections = new Map<string, Connection>();

  /** A client's connection, a new one where it names no place. Throws `M_UNKNOWN_POS`. */
  open(device: SyncDevice, connId: string, pos: string | undefined): Connection {
    const key = JSON.stringify([device.userId, device.deviceId, connId]);
    const connection = pos === undefined ? new Connection() : this.#connections.get(key);
    if (connection === undefined) throw unknownPosition();
    if (pos !== undefined) connection.goOnFrom(pos);
    this.#connections.get(key)?.takeTurn(() => undefined);
    const isNew = !this.#connections.delete(key);
    this.#connections.set(key, connection);
    if (isNew) this.#makeRoom(device);
    return connection;
  }

  #makeRoom(device: SyncDevice): void {
    const prefix = `${JSON.stringify([device.userId, device.deviceId]).slice(0, -1)},`;
    const own = [...this.#connections.keys()].filter((key) => key.startsWith(prefix));
    for (const key of own.slice(0, -CONNECTIONS_OF_A_DEVICE)) this.#connections.delete(key);
    let rooms = 0;
    for (const connection of this.#connections.values()) rooms += connection.rooms.size;
    for (const [key, connection] of this.#connections) {
      if (this.#connections.size <= CONNECTIONS_KEPT && rooms <= ROOMS_KEPT) return;
      rooms -= connection.rooms.size;
      this.#connections.delete(key);
    }
  }
}
