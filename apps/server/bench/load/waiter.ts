import { type Answer, Connection } from './connection.ts';
import { nextBatchOf, syncRequest } from './request.ts';

/** A client that always waits for news: whenever it is answered it asks again. */
export class Waiter {
  readonly token: string;
  readonly #connection: Connection;
  readonly #onNews: WaiterListeners['onNews'];
  readonly #onError: (error: Error) => void;
  readonly #query: string;
  #since: string | undefined;

  private constructor(token: string, connection: Connection, listeners: WaiterListeners) {
    this.token = token;
    this.#connection = connection;
    this.#onNews = listeners.onNews;
    this.#onError = listeners.onError;
    this.#query = listeners.query ?? '';
  }

  /** Connects, reads what there is, and begins to wait. */
  static async open(port: number, token: string, listeners: WaiterListeners): Promise<Waiter> {
    const connection = await Connection.open(port);
    const waiter = new Waiter(token, connection, listeners);
    const { status, body } = await connection.ask(syncRequest(token, undefined, listeners.query));
    if (status !== 200) throw new Error(`A first sync was answered ${status}: ${body.toString()}`);
    waiter.#since = nextBatchOf(body);
    waiter.#wait();
    return waiter;
  }

  close(): void {
    this.#connection.close();
  }

  #wait(): void {
    this.#connection.send(syncRequest(this.token, this.#since, this.#query), this.#take, this.#onError);
  }

  // A property, so that thousands of waits share one function each.
  readonly #take = (answer: Answer): void => {
    const { status, body } = answer;
    if (status !== 200) return this.#onError(new Error(`A sync was answered ${status}: ${body.toString()}`));
    this.#since = nextBatchOf(body);
    this.#wait();
    // An answer without rooms says only that the time was over.
    if (body.includes(ROOMS)) this.#onNews(answer, this);
  };
}

export interface WaiterListeners {
  /** Gets each answer that has news; its body is good only during the call. */
  readonly onNews: (answer: Answer, waiter: Waiter) => void;
  readonly onError: (error: Error) => void;
  /** What the clients ask for besides, each with `&` before it. */
  readonly query?: string;
}

const ROOMS = '"rooms":{';

/** How many clients begin at once. */
const LANES = 50;

/** Opens a waiting client for each token. */
export const openWaiters = async (
  port: number,
  tokens: readonly string[],
  listeners: WaiterListeners,
): Promise<Waiter[]> => {
  const waiters: Waiter[] = [];
  const left = [...tokens];
  const lane = async (): Promise<void> => {
    for (let token = left.pop(); token !== undefined; token = left.pop()) {
      waiters.push(await Waiter.open(port, token, listeners));
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return waiters;
};
