import type { Operation } from '@byline/protocol';
import type { z } from 'zod';

type OrAbsent<Name extends string, Value> =
  Record<never, never> extends Value ? { readonly [Key in Name]?: Value } : { readonly [Key in Name]: Value };

/** What is given to an operation; what may be empty may be left out. */
type Input<Op extends Operation> = OrAbsent<'params', z.input<Op['params']>> &
  OrAbsent<'query', z.input<Op['query']>> &
  OrAbsent<'body', z.input<Op['body']>>;
type InputArguments<Op extends Operation> = Record<never, never> extends Input<Op> ? [Input<Op>?] : [Input<Op>];
type Answered<Op extends Operation> = z.output<Op['answer']>;

interface LooseInput {
  readonly params?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
}

/** The server did not do what it was asked to. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  readonly body: unknown;

  constructor(operation: Operation, status: number, body: unknown) {
    super(`${operation.method} ${operation.paths[0]} was answered ${status}: ${JSON.stringify(body)}`);
    this.status = status;
    this.body = body;
  }
}

/** Calls the operations of the contract over HTTP, as somebody or (without a token) as nobody. Throws `Refused`. */
export class Caller {
  readonly #url: string;
  readonly #token: string | undefined;

  constructor(url: string, token?: string) {
    this.#url = url;
    this.#token = token;
  }

  async call<Op extends Operation>(operation: Op, ...[input]: InputArguments<Op>): Promise<Answered<Op>> {
    const given: LooseInput = input ?? {};
    const body = operation.method === 'GET' ? undefined : JSON.stringify(given.body ?? {});
    return this.#answerOf(operation, await this.#fetch(operation, given, body));
  }

  /** For operations whose body is a file. */
  async upload<Op extends Operation>(
    operation: Op,
    input: Omit<Input<Op>, 'body'>,
    file: Uint8Array<ArrayBuffer>,
    type: string,
  ): Promise<Answered<Op>> {
    return this.#answerOf(operation, await this.#fetch(operation, input, file, type));
  }

  /** For operations that answer a file. */
  async download<Op extends Operation>(operation: Op, input: Omit<Input<Op>, 'body'>): Promise<Uint8Array> {
    const response = await this.#fetch(operation, input, undefined);
    if (!response.ok) throw new Refused(operation, response.status, await response.json());
    return new Uint8Array(await response.arrayBuffer());
  }

  async #answerOf<Op extends Operation>(operation: Op, response: Response): Promise<Answered<Op>> {
    const answer: unknown = await response.json();
    if (!response.ok) throw new Refused(operation, response.status, answer);
    return operation.answer.parse(answer) as Answered<Op>;
  }

  #fetch(
    operation: Operation,
    input: LooseInput,
    body: string | Uint8Array<ArrayBuffer> | undefined,
    type = 'application/json',
  ): Promise<Response> {
    return fetch(this.#url + pathOf(operation, input), {
      method: operation.method,
      headers: {
        ...(this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` }),
        ...(body === undefined ? {} : { 'content-type': type }),
      },
      ...(body === undefined ? {} : { body }),
    });
  }
}

const pathOf = (operation: Operation, { params, query }: LooseInput): string => {
  const given = new Map(textsIn(params));
  const path = operation.paths[0].replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(given.get(name) ?? ''));
  const search = new URLSearchParams(textsIn(query));
  return search.size === 0 ? path : `${path}?${search.toString()}`;
};

const textsIn = (value: unknown): [string, string][] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, each]) => (each === undefined ? [] : [[name, String(each)]]))
    : [];
