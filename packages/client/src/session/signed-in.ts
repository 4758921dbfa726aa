import { getMe } from '@byline/protocol/byline/me.ts';
import { getIdentityStanding, type Standing } from '@byline/protocol/byline/standing.ts';
import type { StaffRole } from '@byline/protocol/byline/staff-role.ts';
import type { MatrixClient } from 'matrix-js-sdk';
import type { Answered, Api } from '../api/api.ts';
import type { Tokens } from '../api/tokens.ts';
import { forgetDrafts } from '../conversations/drafts.ts';
import type { KeptText } from '../kept-text.ts';
import { type Observable, once, Source } from '../observable.ts';
import { Resource } from '../resource.ts';
import type { Seat } from './seat.ts';

/** How the stream of news is: not begun, flowing, or broken (it is taken up again by itself). */
export type Connection = 'connecting' | 'online' | 'offline';

/** Where the account is at work: not known yet, in this tab, or in another one of the same browser. */
export type SeatState = 'asking' | 'here' | 'elsewhere';

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
  /** The same, from when this tab has the seat. */
  #starting: Promise<MatrixClient> | undefined;
  readonly #seatState = new Source<SeatState>('asking');
  #ownSeat: Promise<Seat> | undefined;
  #wasStarted = false;
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

  /** In which tab of this browser the account is at work. */
  get seat(): Observable<SeatState> {
    return this.#seatState;
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
   * It may not have had its first sync yet. While another tab is at work it does not come: see `seat`.
   */
  matrix(): Promise<MatrixClient> {
    if (this.#ended) throw new Error('Nobody is signed in any more.');
    this.#matrix ??= this.#startMatrix();
    return this.#matrix;
  }

  /** Begins to work when no other tab does any more. */
  async lookAgain(): Promise<void> {
    // What this tab knew before is out of date, so whoever looks at it decides.
    if (!this.#wasStarted) await (await this.#seat()).ask();
  }

  /**
   * Takes the work over from another tab. True when this page had it before: then it has to be loaded anew, since what
   * it knew is out of date.
   */
  async workHere(): Promise<boolean> {
    const wasHere = this.#wasStarted;
    await (await this.#seat()).takeOver();
    return wasHere;
  }

  /** Lets go of everything, and of the device's keys; with `forget` also of what else was kept of the account here. */
  async end({ forget }: { readonly forget: boolean }): Promise<void> {
    this.#ended = true;
    await this.#stop();
    (await this.#ownSeat)?.leave();
    const { forgetKeys } = await import('../crypto/key-store.ts');
    await forgetKeys(this);
    if (!forget) return;
    const { forgetMatrix } = await import('./matrix-client.ts');
    forgetDrafts(this.kept, this.userId);
    await forgetMatrix(this.userId, this.kept);
  }

  async #startMatrix(): Promise<MatrixClient> {
    const library = import('./matrix-client.ts');
    await (await this.#seat()).ask();
    await once(this.#seatState, (state) => state === 'here');
    this.#wasStarted = true;
    this.#starting = library.then(({ startMatrix }) =>
      startMatrix({
        baseUrl: this.api.baseUrl,
        userId: this.userId,
        deviceId: this.deviceId,
        fetch: this.#tokens.fetch,
        kept: this.kept,
        onConnection: (connection) => this.#connection.set(connection),
      }),
    );
    return this.#starting;
  }

  #seat(): Promise<Seat> {
    this.#ownSeat ??= import('./seat.ts').then(
      ({ Seat }) => new Seat(`byline.seat ${this.userId} ${this.deviceId}`, this.#seatState, () => this.#stop()),
    );
    return this.#ownSeat;
  }

  /** Stops the client, when it was started. */
  async #stop(): Promise<void> {
    const client = await this.#starting?.catch(() => undefined);
    if (client === undefined) return;
    this.#starting = undefined;
    const { stopMatrix } = await import('./matrix-client.ts');
    await stopMatrix(client);
  }
}
