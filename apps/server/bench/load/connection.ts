import { connect, type Socket } from 'node:net';

/** An answer. Its body lies in memory that the next answer will overwrite. */
export interface Answer {
  readonly status: number;
  readonly head: string;
  readonly body: Buffer;
}

const HEAD_END = '\r\n\r\n';
const BODY_LENGTH = /\r\ncontent-length: (\d+)/i;

/** All sockets are read into one buffer: each read is used up before the next one begins. */
const READ_BUFFER = Buffer.allocUnsafe(256 * 1024);

/**
 * A keep-alive connection that has one request under way at a time. It knows just as much HTTP as the measured servers
 * answer with (every answer tells its length), so that it costs much less than they do.
 */
export class Connection {
  readonly #socket: Socket;
  #onAnswer: (answer: Answer) => void = () => undefined;
  #onError: (error: Error) => void = () => undefined;
  /** What came of an answer that is not whole yet. */
  #partial: Buffer | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** Resolves when it is connected. */
  static open(port: number): Promise<Connection> {
    const { promise, resolve, reject } = Promise.withResolvers<Connection>();
    let connection: Connection | undefined;
    const socket = connect({
      host: '127.0.0.1',
      port,
      noDelay: true,
      onread: {
        buffer: READ_BUFFER,
        callback: (length) => {
          connection?.read(READ_BUFFER.subarray(0, length));
          return true;
        },
      },
    });
    const opened = new Connection(socket);
    connection = opened;
    socket.once('connect', () => resolve(opened));
    socket.on('error', (error) => {
      reject(error);
      opened.#onError(error);
    });
    socket.on('close', () => opened.#onError(new Error('The server closed a connection.')));
    return promise;
  }

  /** Sends a request and has `onAnswer` called with its answer. */
  send(request: string, onAnswer: (answer: Answer) => void, onError: (error: Error) => void): void {
    this.#onAnswer = onAnswer;
    this.#onError = onError;
    this.#socket.write(request, 'latin1');
  }

  /** Sends a request and resolves with a copy of its answer; for what is not measured. */
  ask(request: string): Promise<Answer> {
    return new Promise((resolve, reject) =>
      this.send(request, (answer) => resolve({ ...answer, body: Buffer.from(answer.body) }), reject),
    );
  }

  close(): void {
    this.#onError = () => undefined;
    this.#socket.destroy();
  }

  private read(chunk: Buffer): void {
    const bytes = this.#partial === undefined ? chunk : Buffer.concat([this.#partial, chunk]);
    const headLength = bytes.indexOf(HEAD_END);
    const head = headLength === -1 ? undefined : bytes.toString('latin1', 0, headLength);
    const bodyLength = Number(head === undefined ? Infinity : BODY_LENGTH.exec(head)?.[1]);
    const start = headLength + HEAD_END.length;
    if (head === undefined || bytes.length < start + bodyLength) {
      this.#partial = bytes === chunk ? Buffer.from(chunk) : bytes;
      return;
    }
    this.#partial = undefined;
    this.#onAnswer({ status: Number(head.slice(9, 12)), head, body: bytes.subarray(start, start + bodyLength) });
  }
}
