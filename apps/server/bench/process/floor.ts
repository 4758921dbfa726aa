import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/**
 * The floor: a bare `node:http` server that holds the same long polls as Byline and answers the same bytes, and does
 * nothing else. Nothing is stored, nobody is recognised, nothing is decided.
 */

/** Written by the benchmark from what Byline has answered. */
export interface FloorPlan {
  readonly port: number;
  /** Which room the bearer of a token hears. */
  readonly hears: Readonly<Record<string, string>>;
  /** Byline's answer to a `/sync` that has news, with one event in it. */
  readonly news: Captured;
  /** Byline's answer to a send. */
  readonly sent: Captured;
}

export interface Captured {
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

const SINCE = /[?&]since=s(\d+)/;
const ROOM = /\/rooms\/([^/]+)\//;
const NEXT_BATCH = /"next_batch":"s(\d+)"/;

const plan = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as FloorPlan;

/** It counts on from where Byline stood, so that tokens are as long. */
let position = Number(NEXT_BATCH.exec(plan.news.body)?.[1]);
const newestIn = new Map<string, News>();
const waitingIn = new Map<string, ServerResponse[]>();

/** One answer, made once for all who receive it. */
interface Prepared {
  readonly headers: string[];
  readonly body: string;
}

interface News extends Prepared {
  readonly position: number;
}

const prepared = ({ headers, body }: Captured): Prepared => ({
  headers: [...headers.flat(), 'content-length', String(Buffer.byteLength(body))],
  body,
});

const news = (): News => {
  const body = plan.news.body.replace(NEXT_BATCH, `"next_batch":"s${position}"`);
  return { ...prepared({ ...plan.news, body }), position };
};

const sent = prepared(plan.sent);

const answer = (response: ServerResponse, { headers, body }: Prepared): void => {
  response.writeHead(200, headers);
  response.end(body);
};

const wait = (request: IncomingMessage, response: ServerResponse): void => {
  const since = SINCE.exec(request.url ?? '')?.[1];
  if (since === undefined) return answer(response, news());
  const room = plan.hears[request.headers.authorization?.slice('Bearer '.length) ?? ''] ?? '';
  const newest = newestIn.get(room);
  if (newest !== undefined && newest.position > Number(since)) return answer(response, newest);
  const waiting = waitingIn.get(room);
  if (waiting === undefined) waitingIn.set(room, [response]);
  else waiting.push(response);
};

const send = (request: IncomingMessage, response: ServerResponse): void => {
  const room = decodeURIComponent(ROOM.exec(request.url ?? '')?.[1] ?? '');
  request.resume();
  request.on('end', () => {
    position += 1;
    const newest = news();
    newestIn.set(room, newest);
    const waiting = waitingIn.get(room) ?? [];
    waitingIn.delete(room);
    for (const one of waiting) answer(one, newest);
    answer(response, sent);
  });
};

const server = createServer((request, response) => {
  if (request.method === 'GET') wait(request, response);
  else send(request, response);
});
server.listen(plan.port, '127.0.0.1', () => process.send?.('ready'));
