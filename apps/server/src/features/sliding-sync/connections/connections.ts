import type { SyncDevice } from '../../sync/service.ts';
import { Connection, unknownPosition } from './connection.ts';

/** Of one device; a client needs three at most. */
const CONNECTIONS_OF_A_DEVICE = 8;
const DEVICES_KEPT = 20_000;
/** Rooms of all connections together: what is known of one takes a few hundred bytes. */
const ROOMS_KEPT = 2_000_000;
/** How many devices may come until all rooms are counted again, which takes a while. */
const COUNTED_EVERY = 200;

type OfDevice = Map<string, Connection>;

/** The connections of all devices, in memory. Those that were used longest ago go first; then their clients begin anew. */
export class Connections {
  // A map keeps the order in which its keys were added: here those used last come last.
  readonly #devices = new Map<string, OfDevice>();
  #uncounted = 0;

  /** A client's connection, a new one where it names no place. Throws `M_UNKNOWN_POS`. */
  open({ userId, deviceId }: SyncDevice, connId: string, pos: string | undefined): Connection {
    const key = JSON.stringify([userId, deviceId]);
    const ofDevice: OfDevice = this.#devices.get(key) ?? new Map<string, Connection>();
    const before = ofDevice.get(connId);
    const connection = pos === undefined ? new Connection() : before;
    if (connection === undefined) throw unknownPosition();
    if (pos !== undefined) connection.goOnFrom(pos);
    before?.takeTurn(() => undefined);
    keepLast(ofDevice, connId, connection);
    if (ofDevice.size > CONNECTIONS_OF_A_DEVICE) forgetFirst(ofDevice);
    const isNew = !this.#devices.has(key);
    keepLast(this.#devices, key, ofDevice);
    if (isNew) this.#makeRoom();
    return connection;
  }

  #makeRoom(): void {
    if (this.#devices.size > DEVICES_KEPT) forgetFirst(this.#devices);
    this.#uncounted += 1;
    if (this.#uncounted < COUNTED_EVERY) return;
    this.#uncounted = 0;
    let rooms = 0;
    for (const ofDevice of this.#devices.values()) rooms += roomsOf(ofDevice);
    for (const [key, ofDevice] of this.#devices) {
      if (rooms <= ROOMS_KEPT) return;
      rooms -= roomsOf(ofDevice);
      this.#devices.delete(key);
    }
  }
}

const keepLast = <Value>(map: Map<string, Value>, key: string, value: Value): void => {
  map.delete(key);
  map.set(key, value);
};

const forgetFirst = (map: Map<string, unknown>): void => {
  const [first] = map.keys();
  if (first !== undefined) map.delete(first);
};

const roomsOf = (ofDevice: OfDevice): number => {
  let rooms = 0;
  for (const connection of ofDevice.values()) rooms += connection.rooms.size;
  return rooms;
};
