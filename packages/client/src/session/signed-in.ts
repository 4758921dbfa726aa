import { getMe } from '@byline/protocol/byline/me.ts';
import { getIdentityStanding, type Standing } from '@byline/protocol/byline/standing.ts';
import type { StaffRole } from '@byline/protocol/byline/staff.ts';
import type { MatrixClient } from 'matrix-js-sdk';
import type { Answered, Api } from '../api/api.ts';
import type { Tokens } from '../api/tokens.ts';
import { forgetDrafts } from '../conversations/drafts.ts';
import type { KeptText } from '../kept-text.ts';
import { type Observable, Source } from '../observable.ts';
import { Resource } from '../resource.ts';

/** How the stream of news is: not begun, flowing, or broken (it is taken up again by itself). */
export type Connection = 'connecting' | 'online' | 'offline';

export type Me = Answered<typeof getMe>;

/** Somebody who is signed in, from the moment they are until they no longer are. */
export class SignedIn {
  readonly userId: string;
  readonly deviceId: string;
  readonly api: Api;
  readonly kept: KeptText;
  /** The person's roles and the rules they agreed to. */
  readonly me: Resource<Me>;
  /** Whether the person is verified and may talk. */
  readonly standing: Resource<Standing>;
  readonly #tokens: Tokens;
  readonly #connection = new Source<Connection>('connecting');
  #matrix: Promise<MatrixClient> | undefined;
  #ended = false;

  constructor(parts: {
    readonly userId: string;
    readonly deviceId: string;
    readonly api: Api;
    readonly tokens: Tokens;
    readonly kept: KeptText;
  }) {
    this.userId = parts.userId;
    this.deviceId = parts.deviceId;
    this.api = parts.api;
    this.kept = parts.kept;
    this.#tokens = parts.tokens;
    this.me = new Resource(() => this.api.call(getMe));
    this.standing = new Resource(() => this.api.call(getIdentityStanding));
  }

  get connection(): Observable<Connection> {
    return this.#connection;
  }

  /** True while it isn't known. */
  hasRole(role: StaffRole): boolean {
    return this.me.get().value?.roles.includes(role) ?? false;
  }

  /**
   * The Matrix client, which is fetched and started when it is first asked for, and stopped when the person signs out.
   * It may not have had its first sync yet.
   */
  matrix(): Promise<MatrixClient> {
    if (this.#ended) throw new Error('Nobody is signed in any more.');
    this.#matrix ??= this.#startMatrix();
    return this.#matrix;
  }

  /** Lets go of everything; with `forget` also of what was kept of the account on this device. */
  async end({ forget }: { readonly forget: boolean }): Promise<void> {
    this.#ended = true;
    const client = await this.#matrix?.catch(() => undefined);
    if (client === undefined && !forget) return;
    const { forgetMatrix, stopMatrix } = await import('./matrix-client.ts');
    if (client !== undefined) await stopMatrix(client);
    if (!forget) return;
    forgetDrafts(this.kept, this.userId);
    await forgetMatrix(this.userId, this.kept);
  }

  async #startMatrix(): Promise<MatrixClient> {
    const { startMatrix } = await import('./matrix-client.ts');
    return startMatrix({
      baseUrl: this.api.baseUrl,
      userId: this.userId,
      deviceId: this.deviceId,
      fetch: this.#tokens.fetch,
      kept: this.kept,
      onConnection: (connection) => this.#connection.set(connection),
    });
  }
}
