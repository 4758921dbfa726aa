import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { DomainError, type JsonObject, type UserId } from '@byline/protocol';
import type { AuthenticationData } from '@byline/protocol/matrix/user-interactive-auth.ts';
import type { Clock } from '../../platform/clock.ts';
import { AuthenticationChallenge } from '../../platform/http/answer.ts';

/** One thing that a person must do or show. */
export interface Stage {
  readonly type: string;
  /** What the client needs to know for it. */
  readonly params?: JsonObject;
  /** Throws a `DomainError` when it was not done rightly; the person may try again. */
  readonly complete: (auth: AuthenticationData) => Promise<void> | void;
}

/** A request that is granted only after the stages were done, in their order. */
export interface GuardedRequest<Body> {
  /** What is asked for; what was shown for one operation is worth nothing for another. */
  readonly operation: string;
  readonly caller: UserId | undefined;
  readonly body: Body & { readonly auth?: AuthenticationData | undefined };
  readonly stages: readonly Stage[];
}

interface Session {
  readonly id: string;
  readonly operation: string;
  readonly caller: UserId | undefined;
  readonly expiresAt: number;
  readonly completed: string[];
  body: Readonly<Record<string, unknown>>;
}

const LIFETIME = 15 * 60_000;
const MOST_SESSIONS = 10_000;

/**
 * User-interactive authentication (specification, client-server API: "User-Interactive Authentication API").
 * What was shown so far is kept in memory; a restart only means that a person begins again.
 */
export class UserInteractiveAuthentication {
  readonly #clock: Clock;
  /** Oldest first. */
  readonly #sessions = new Map<string, Session>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Resolves when all stages are done, with the body: what this request says and what earlier ones of its session said.
   * Throws `AuthenticationChallenge` as long as something is left to do, `M_FORBIDDEN` when the request is another now.
   */
  async require<Body extends object>(request: GuardedRequest<Body>): Promise<Omit<Body, 'auth'>> {
    const { auth, ...given } = request.body;
    const resumed = this.#resume(request, auth?.session);
    const session = resumed ?? this.#begin(request);
    remember(session, given);
    // A session that is no longer known has lost what was shown in it, so nothing can be added to it.
    if (resumed === undefined && auth?.session !== undefined) throw challenge(session, request.stages);
    await attempt(session, request.stages, auth);
    this.#sessions.delete(session.id);
    return session.body as Omit<Body, 'auth'>;
  }

  #begin({ operation, caller }: GuardedRequest<object>): Session {
    this.#sweep();
    const id = randomBytes(18).toString('base64url');
    const session = { id, operation, caller, expiresAt: this.#clock.now() + LIFETIME, completed: [], body: {} };
    this.#sessions.set(id, session);
    return session;
  }

  #resume({ operation, caller }: GuardedRequest<object>, id: string | undefined): Session | undefined {
    const session = id === undefined ? undefined : this.#sessions.get(id);
    if (session === undefined || session.expiresAt <= this.#clock.now()) return undefined;
    return session.operation === operation && session.caller === caller ? session : undefined;
  }

  #sweep(): void {
    const now = this.#clock.now();
    for (const [id, { expiresAt }] of this.#sessions) {
      if (expiresAt > now && this.#sessions.size < MOST_SESSIONS) return;
      this.#sessions.delete(id);
    }
  }
}

/** Adds what the request says to what earlier ones of its session said. A retry may say less, but not something else. */
const remember = (session: Session, given: object): void => {
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    if (name in session.body && !isDeepStrictEqual(session.body[name], value))
      throw new DomainError('M_FORBIDDEN', 'The request changed while you confirmed it. Please begin again.');
    session.body = { ...session.body, [name]: value };
  }
};

const attempt = async (
  session: Session,
  stages: readonly Stage[],
  auth: AuthenticationData | undefined,
): Promise<void> => {
  if (auth?.type !== undefined && !session.completed.includes(auth.type)) {
    const next = stages[session.completed.length];
    if (next?.type !== auth.type) throw challenge(session, stages);
    try {
      await next.complete(auth);
    } catch (error) {
      throw error instanceof DomainError ? challenge(session, stages, error) : error;
    }
    if (!session.completed.includes(next.type)) session.completed.push(next.type);
  }
  if (session.completed.length < stages.length) throw challenge(session, stages);
};

const challenge = (session: Session, stages: readonly Stage[], error?: DomainError): AuthenticationChallenge =>
  new AuthenticationChallenge({
    ...(error === undefined ? {} : { errcode: error.code, error: error.message }),
    session: session.id,
    flows: [{ stages: stages.map(({ type }) => type) }],
    params: Object.fromEntries(stages.flatMap(({ type, params }) => (params === undefined ? [] : [[type, params]]))),
    ...(session.completed.length === 0 ? {} : { completed: session.completed }),
  });
