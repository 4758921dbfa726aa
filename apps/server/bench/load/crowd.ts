import { type Answer, Connection } from './connection.ts';
import { requestText } from './request.ts';
import { openWaiters, type Waiter } from './waiter.ts';

/** What is posted, and how it is known again. */
export interface Posts {
  readonly token: string;
  readonly roomId: string;
  /** What everybody must be told of a post, by its number. */
  readonly says: (post: number) => string;
  /** The type of the event, if it is not an ordinary message, and its content. */
  readonly type?: string;
  readonly content?: (text: string) => object;
}

/** What was answered to the newest post, and what those who waited were told by it. */
export interface PostAnswers {
  readonly sent: Answer;
  readonly news: Answer;
}

/** All who wait for an account's posts, as one: told of a post when the last of them is. */
export class Crowd {
  readonly #port: number;
  readonly #posts: Posts;
  readonly #connection: Connection;
  readonly #waiters: Waiter[] = [];
  #count = 0;
  #expected: Buffer = Buffer.alloc(0);
  #told = 0;
  #news: Answer | undefined;
  #onAllTold: () => void = () => undefined;
  #onError: (error: Error) => void = () => undefined;

  private constructor(port: number, posts: Posts, connection: Connection) {
    this.#port = port;
    this.#posts = posts;
    this.#connection = connection;
  }

  static async of(port: number, posts: Posts): Promise<Crowd> {
    return new Crowd(port, posts, await Connection.open(port));
  }

  get size(): number {
    return this.#waiters.length;
  }

  /** More begin to wait; `query` is what they ask for besides. */
  async grow(tokens: readonly string[], query = ''): Promise<void> {
    const { promise: failed, reject } = Promise.withResolvers<never>();
    this.#onError = reject;
    const listeners = {
      onNews: (answer: Answer) => this.#tell(answer),
      // Asked for at each error: who listens to them changes.
      onError: (error: Error) => this.#onError(error),
    };
    this.#waiters.push(...(await Promise.race([failed, openWaiters(this.#port, tokens, { ...listeners, query })])));
  }

  /** Posts once more, and resolves when the last has it: with the milliseconds that took. */
  async post(): Promise<{ readonly milliseconds: number; readonly answers: PostAnswers }> {
    this.#count += 1;
    const { token, roomId, says, type = 'm.room.message', content = messageOf } = this.#posts;
    const text = says(this.#count);
    this.#expected = Buffer.from(text);
    this.#told = 0;
    this.#news = undefined;
    const { promise: allTold, resolve, reject } = Promise.withResolvers<void>();
    this.#onAllTold = resolve;
    this.#onError = reject;
    const path = `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/send/${type}/${this.#count}`;
    const began = performance.now();
    const [sent, milliseconds] = await Promise.all([
      this.#connection.ask(requestText('PUT', path, token, JSON.stringify(content(text)))),
      allTold.then(() => performance.now() - began),
    ]);
    if (sent.status !== 200) throw new Error(`A post was answered ${sent.status}: ${sent.body.toString()}`);
    if (this.#news === undefined) throw new Error('Nobody waits for a post.');
    return { milliseconds, answers: { sent, news: this.#news } };
  }

  close(): void {
    for (const waiter of this.#waiters) waiter.close();
    this.#connection.close();
  }

  #tell(answer: Answer): void {
    if (!answer.body.includes(this.#expected)) {
      this.#onError(new Error(`Somebody was told something else than the post: ${answer.body.toString()}`));
      return;
    }
    this.#news ??= { ...answer, body: Buffer.from(answer.body) };
    this.#told += 1;
    if (this.#told === this.#waiters.length) this.#onAllTold();
  }
}

const messageOf = (body: string): object => ({ msgtype: 'm.text', body });
