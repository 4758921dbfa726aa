/** The text of an HTTP request, ready to be written. A body must be ASCII. */
export const requestText = (method: 'GET' | 'PUT' | 'POST', path: string, token: string, body?: string): string => {
  const head = `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\n`;
  if (body === undefined) return `${head}\r\n`;
  return `${head}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
};

/** How long a client asks to wait for news. */
const LONG_POLL_MS = 60_000;

/**
 * A client's next `/sync`, from where its last answer ended; `undefined`: its first, which is answered at once. `more` is
 * what it asks for besides, each with `&` before it.
 */
export const syncRequest = (token: string, since: string | undefined, more = ''): string => {
  const query = since === undefined ? `?timeout=0${more}` : `?timeout=${LONG_POLL_MS}&since=${since}${more}`;
  return requestText('GET', `/_matrix/client/v3/sync${query}`, token);
};

const NEXT_BATCH = '"next_batch":"';

/** The token in the answer to a `/sync`. */
export const nextBatchOf = (body: Buffer): string => {
  const start = body.indexOf(NEXT_BATCH) + NEXT_BATCH.length;
  return body.toString('latin1', start, body.indexOf('"', start));
};

const POS = /"pos":"([^"]+)"/;

/** A sliding sync of so many rooms, as Element X asks for them, from where the last answer ended; `undefined`: the first. */
export const slidingSyncRequest = (token: string, rooms: number, last: Buffer | undefined): string => {
  const pos = last === undefined ? undefined : POS.exec(last.toString('latin1'))?.[1];
  const query = pos === undefined ? '' : `?pos=${pos}&timeout=0`;
  const body = JSON.stringify({
    conn_id: 'room-list',
    lists: { all_rooms: { ranges: [[0, rooms - 1]], timeline_limit: 1, required_state: ROOM_LIST_STATE, filters: {} } },
    extensions: {
      account_data: { enabled: true },
      receipts: { enabled: true, rooms: ['*'] },
      typing: { enabled: true },
    },
  });
  return requestText('POST', `/_matrix/client/unstable/org.matrix.simplified_msc3575/sync${query}`, token, body);
};

/** What Element X wants to know of each room in its list. */
const ROOM_LIST_STATE = [
  ['m.room.name', ''],
  ['m.room.encryption', ''],
  ['m.room.member', '$LAZY'],
  ['m.room.member', '$ME'],
  ['m.room.topic', ''],
  ['m.room.avatar', ''],
  ['m.room.canonical_alias', ''],
  ['m.room.power_levels', ''],
  ['org.matrix.msc3401.call.member', '*'],
  ['m.room.join_rules', ''],
  ['m.room.tombstone', ''],
  ['m.room.create', ''],
  ['m.room.history_visibility', ''],
  ['io.element.functional_members', ''],
  ['m.space.parent', '*'],
  ['m.space.child', '*'],
  ['org.matrix.msc3672.beacon_info', '*'],
];
