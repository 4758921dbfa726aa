import { ERRORS, type ErrorCode } from '@byline/protocol';
import { Agent, type IncomingMessage, request as requestHttp } from 'node:http';
import type { Population } from './population.ts';
import type { HostileRequest } from './requests.ts';

/** Longer than anything may take. */
const PATIENCE_MS = 30_000;
const LONGEST_HEAD = 450;

interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** What was answered how often. */
export type Tally = Map<number, number>;

/** Asks a server over connections that stay open, and says what is wrong with its answers. */
export class Asker {
  readonly tally: Tally = new Map();
  readonly #url: string;
  readonly #population: Population;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 128 });

  constructor(url: string, population: Population) {
    this.#url = url;
    this.#population = population;
  }

  /** Makes a request; what is wrong with the answer, or nothing. */
  async faultIn(request: HostileRequest): Promise<string | undefined> {
    // Node answers a HEAD that is too long with a body, which no client can read.
    if (request.method === 'HEAD' && this.told(request).length > LONGEST_HEAD) return undefined;
    const answer = await this.#ask(request);
    if (typeof answer === 'string') return answer;
    this.tally.set(answer.status, (this.tally.get(answer.status) ?? 0) + 1);
    const body = answer.contentType.startsWith('application/json') ? jsonOf(answer.text) : undefined;
    if (answer.status === 200 && isRecord(body)) this.#population.learn(body);
    if (answer.status === 401 && request.caller !== 'nobody' && codeOf(body) === 'M_UNKNOWN_TOKEN')
      await this.#population.refresh();
    return faultOf(request, answer, body);
  }

  close(): void {
    this.#agent.destroy();
  }

  /** The request as it is sent now. */
  told({ method, template, params, query, body, caller, contentType }: HostileRequest): string {
    const text = typeof body === 'string' ? this.#population.filled(body).slice(0, 400) : `${body?.length ?? 0} bytes`;
    const path = this.#path(template, params, query).slice(0, 500);
    return `${method} ${path} by ${caller} (${contentType ?? 'no type'}) ${text}`;
  }

  #path(template: string, params: readonly string[], query: readonly string[]): string {
    let next = 0;
    const path = template.replaceAll(/:(\w+)/g, () => params[next++] ?? '');
    const whole = query.length === 0 ? path : `${path}?${query.join('&')}`;
    return whole.replaceAll(/⟨\w+:\d+⟩/g, (marked) => encodeURIComponent(this.#population.filled(marked)));
  }

  async #ask(request: HostileRequest): Promise<Answer | string> {
    try {
      return await this.#send(request, this.#agent);
    } catch (error) {
      if (!isConnectionLost(error)) return `no answer: ${String(error)}`;
    }
    try {
      // It was hung up on while idle, or because of what came before on the connection: a fresh one must be answered.
      return await this.#send(request, false);
    } catch (error) {
      return `no answer, twice: ${String(error)}`;
    }
  }

  #send(request: HostileRequest, agent: Agent | false): Promise<Answer> {
    const { method, template, params, query, body, contentType, caller } = request;
    const token = this.#population.tokenOf(caller);
    const content = typeof body === 'string' ? Buffer.from(this.#population.filled(body).toWellFormed()) : body;
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const sent = requestHttp(`${this.#url}/`, {
      agent,
      method,
      path: this.#path(template, params, query),
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(contentType === undefined ? {} : { 'content-type': contentType }),
        ...(content === undefined ? {} : { 'content-length': content.byteLength }),
      },
    });
    sent.on('error', reject).on('response', (response) => void read(response).then(resolve, reject));
    sent.end(content);
    return promise;
  }
}

const read = async (response: IncomingMessage): Promise<Answer> => {
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += String(chunk);
  return { status: response.statusCode ?? 0, contentType: response.headers['content-type'] ?? '', text };
};

const isConnectionLost = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');

/** Not yet uploaded is no failure: the specification gives it this status. Asked by HEAD, it comes without its code. */
const isForeseen = (method: string, status: number, code: string | undefined): boolean =>
  status < 500 || (status === ERRORS.M_NOT_YET_UPLOADED && (code === 'M_NOT_YET_UPLOADED' || method === 'HEAD'));

const faultOf = (
  { operation, method, template, params }: HostileRequest,
  answer: Answer,
  body: unknown,
): string | undefined => {
  const code = codeOf(body);
  const told = `${answer.status} ${answer.text.slice(0, 300)}`;
  if (!isForeseen(method, answer.status, code)) return `failed: ${told}`;
  if (method === 'HEAD' || method === 'OPTIONS') return undefined;
  const isPage = !template.startsWith('/_');
  if (answer.status >= 400 && answer.status !== 401 && !isPage && !isRefusal(answer.status, code))
    return `refused oddly: ${told}`;
  // Where a parameter is empty, it is another operation's address.
  const isAnother = method !== operation.method || params.includes('');
  if (answer.status !== 200 || isAnother || isFree(operation)) return undefined;
  const parsed = operation.answer.safeParse(body);
  return parsed.success ? undefined : `broke the contract: ${parsed.error.message.slice(0, 300)} in ${told}`;
};

/** Whether the answer is a file, or whatever the caller has kept here. */
const isFree = ({ answer }: HostileRequest['operation']): boolean => {
  const { def } = answer._zod as { def: { type: string; shape?: object } };
  return def.type === 'object' && Object.keys(def.shape ?? {}).length === 0;
};

/** What is too long for a header never comes to the server, only to Node. */
const TOO_LONG = 431;

const isRefusal = (status: number, code: string | undefined): boolean =>
  status === TOO_LONG ||
  (code !== undefined && (ERRORS[code as ErrorCode] === status || status === 405 || code === 'M_UNKNOWN'));

const codeOf = (body: unknown): string | undefined =>
  isRecord(body) && typeof body['errcode'] === 'string' ? body['errcode'] : undefined;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
