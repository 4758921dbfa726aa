/** The text of an HTTP request, ready to be written. A body must be ASCII. */
export const requestText = (method: 'GET' | 'PUT' | 'POST', path: string, token: string, body?: string): string => {
  const head = `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\n`;
  if (body === undefined) return `${head}\r\n`;
  return `${head}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
};

/** How long a client asks to wait for news. */
const LONG_POLL_MS = 60_000;

/** A client's next `/sync`, from where its last answer ended; `undefined`: its first, which is answered at once. */
export const syncRequest = (token: string, since: string | undefined): string => {
  const query = since === undefined ? '' : `?timeout=${LONG_POLL_MS}&since=${since}`;
  return requestText('GET', `/_matrix/client/v3/sync${query}`, token);
};

const NEXT_BATCH = '"next_batch":"';

/** The token in the answer to a `/sync`. */
export const nextBatchOf = (body: Buffer): string => {
  const start = body.indexOf(NEXT_BATCH) + NEXT_BATCH.length;
  return body.toString('latin1', start, body.indexOf('"', start));
};
