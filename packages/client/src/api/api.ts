import type { Operation } from '@byline/protocol';
import { z } from 'zod';
import { ApiError, refusalOf } from './errors.ts';
import { type Input, type InputArguments, pathOf } from './request.ts';
import type { Tokens } from './tokens.ts';
import { type UploadOptions, sendByXhr } from './upload.ts';

/** What a call of an operation answers. */
export type Answered<Op extends Operation> = z.output<Op['answer']>;

/** Calls the operations of the contract: typed, signed in where they ask for it, with answers parsed once. */
export class Api {
  readonly baseUrl: string;
  readonly #tokens: Tokens;

  /** @param baseUrl the server's address, with no slash at the end; empty: the page's own. */
  constructor({ baseUrl, tokens }: { readonly baseUrl: string; readonly tokens: Tokens }) {
    this.baseUrl = baseUrl;
    this.#tokens = tokens;
  }

  /** Throws `ApiError`; `AuthenticationNeeded` where the operation asks for a confirmation. */
  async call<Op extends Operation>(operation: Op, ...[input]: InputArguments<Op>): Promise<Answered<Op>> {
    return this.#send(operation, input, {});
  }

  /** The same, to be stopped by `signal`; then it throws the signal's reason. */
  async callUntil<Op extends Operation>(
    signal: AbortSignal,
    operation: Op,
    ...[input]: InputArguments<Op>
  ): Promise<Answered<Op>> {
    return this.#send(operation, input, { signal });
  }

  /** The same, and it is carried out even when the page is closed meanwhile. */
  async callAtLast<Op extends Operation>(operation: Op, ...[input]: InputArguments<Op>): Promise<Answered<Op>> {
    return this.#send(operation, input, { keepalive: true });
  }

  /** For operations that answer a file. */
  async download<Op extends Operation>(
    operation: Op,
    input: Omit<Input<Op>, 'body'>,
    signal?: AbortSignal,
  ): Promise<Blob> {
    const response = await this.#fetch(operation, pathOf(operation, input), signal === undefined ? {} : { signal });
    if (!response.ok) throw refusalOf(response.status, await jsonOf(response));
    return response.blob();
  }

  /** For operations whose body is a file. `onProgress` hears the share that has gone, from 0 to 1. */
  async upload<Op extends Operation>(
    operation: Op,
    input: Omit<Input<Op>, 'body'>,
    file: Blob,
    options: UploadOptions = {},
  ): Promise<Answered<Op>> {
    const answer = await sendByXhr({
      method: operation.method,
      url: this.#urlOf(pathOf(operation, input)),
      accessToken: operation.auth === 'none' ? undefined : await this.#tokens.current(),
      file,
      options,
    });
    if (answer.status < 200 || answer.status > 299) throw refusalOf(answer.status, answer.body);
    return parseAnswer(operation, answer.body);
  }

  async #send<Op extends Operation>(
    operation: Op,
    input: Input<Op> | undefined,
    options: RequestInit,
  ): Promise<Answered<Op>> {
    const given: { readonly body?: unknown } | undefined = input;
    const body = operation.method === 'GET' ? {} : { body: JSON.stringify(given?.body ?? {}) };
    const response = await this.#fetch(operation, pathOf(operation, input), { ...options, ...body });
    const answer = await jsonOf(response);
    if (!response.ok) throw refusalOf(response.status, answer);
    return parseAnswer(operation, answer);
  }

  async #fetch(operation: Operation, path: string, init: RequestInit): Promise<Response> {
    const request = { ...init, method: operation.method };
    const signsIn = operation.auth === 'required' || (operation.auth === 'optional' && this.#tokens.areThere());
    try {
      return await (signsIn ? this.#tokens.fetch(this.#urlOf(path), request) : fetch(this.#urlOf(path), request));
    } catch (error) {
      init.signal?.throwIfAborted();
      if (error instanceof ApiError) throw error;
      throw new ApiError('UNREACHABLE', 'The server could not be reached.');
    }
  }

  #urlOf(path: string): string {
    return this.baseUrl + path;
  }
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

function parseAnswer<Op extends Operation>(operation: Op, answer: unknown): Answered<Op> {
  const parsed = operation.answer.safeParse(answer);
  if (parsed.success) return parsed.data as Answered<Op>;
  throw new ApiError(
    'UNREADABLE',
    `The answer to "${operation.summary}" can't be read: ${z.prettifyError(parsed.error)}`,
  );
}
