import { openAnswer, openEvidence, openIdentity } from '@byline/core/identity/seal-identity.ts';
import type { UserId } from '@byline/protocol';
import type { LegalIdentity, PicturePiece } from '@byline/protocol/byline/identity.ts';
import { ApplicationId, PICTURE_PIECES } from '@byline/protocol/byline/identity.ts';
import { getLookAlikes, type LookAlikes } from '@byline/protocol/byline/resemblance.ts';
import {
  askApplicant,
  type Case,
  claimCase,
  confirmCase,
  decideCase,
  getCase,
  getCaseEvidence,
  handOverCase,
  listReviewers,
  pauseCase,
  releaseCase,
} from '@byline/protocol/byline/review.ts';
import type { z } from 'zod';
import type { StandingRecord } from '@byline/protocol/byline/custody.ts';
import type { Api } from '../api/api.ts';
import { ApiError } from '../api/errors.ts';
import type { KnownCustodians } from '../custody/known-custodians.ts';
import { sealStanding } from '../custody/seal-standing.ts';
import { type Observable, Source } from '../observable.ts';
import { Resource } from '../resource.ts';
import type { OpenKeys } from './open-keys.ts';

export type Decision = z.input<(typeof decideCase)['body']>;
export type Question = z.input<(typeof askApplicant)['body']>;

/**
 * What is sealed in a case, as far as it can be read now.
 * `away`: somebody else holds the case, or nobody; `locked`: the key `kid` isn't open; `unreadable`: it does not open by it.
 */
export type Opened =
  | { readonly state: 'away' | 'opening' }
  | { readonly state: 'locked'; readonly kid: string }
  | { readonly state: 'unreadable'; readonly error: unknown }
  | {
      readonly state: 'open';
      readonly identity: LegalIdentity;
      readonly pictures: readonly { readonly piece: PicturePiece; readonly picture: Blob }[];
      /** What the applicant has answered, by the number of the message. */
      readonly answers: ReadonlyMap<number, string>;
    };

const AWAY: Opened = { state: 'away' };

/** A case, as the reviewer reads and decides it. Who it is about is opened here, and nowhere else. */
export class ReviewCase {
  readonly case: Resource<Case>;
  /** What looks like the account that is applied for. */
  readonly lookAlikes: Resource<LookAlikes>;
  readonly #api: Api;
  readonly #id: string;
  readonly #keys: OpenKeys;
  readonly #custodians: KnownCustodians;
  readonly #me: string;
  readonly #opened: Source<Opened>;
  #isWatched = false;

  constructor(parts: {
    readonly api: Api;
    readonly id: string;
    readonly keys: OpenKeys;
    readonly custodians: KnownCustodians;
    readonly me: string;
  }) {
    this.#api = parts.api;
    this.#custodians = parts.custodians;
    this.#id = parts.id;
    this.#keys = parts.keys;
    this.#me = parts.me;
    this.#opened = new Source<Opened>(AWAY, () => this.#readOn());
    this.case = new Resource(() => this.#api.call(getCase, { params: { id: this.#parsedId() } }));
    this.lookAlikes = new Resource(() => this.#api.call(getLookAlikes, { params: { id: this.#parsedId() } }));
  }

  /** What is sealed. It is read while somebody watches it, and forgotten when nobody does. */
  get opened(): Observable<Opened> {
    return this.#opened;
  }

  /** Takes the case, or holds it longer. Throws `ApiError` (`BYLINE_CASE_CONFLICT`, `BYLINE_OWN_CASE`). */
  async claim(): Promise<void> {
    await this.#reloadIfConflict(async () => {
      this.case.set(await this.#api.call(claimCase, { params: { id: this.#parsedId() } }));
    });
  }

  /** Gives the case back. Throws `ApiError` (`BYLINE_CASE_CONFLICT`). */
  async release(): Promise<void> {
    this.#opened.set(AWAY);
    await this.#reloadIfConflict(() => this.#api.call(releaseCase, { params: { id: this.#parsedId() } }));
    await this.case.reload();
  }

  /** Puts the case aside, with a note for the next. Throws `ApiError` (`BYLINE_CASE_CONFLICT`). */
  async pause(note: string): Promise<void> {
    await this.#leave(() => this.#api.call(pauseCase, { params: { id: this.#parsedId() }, body: { note } }));
  }

  /** The colleagues to whom the case can be given. Throws `ApiError`. */
  async colleagues(): Promise<readonly UserId[]> {
    const { reviewers } = await this.#api.call(listReviewers);
    return reviewers.filter((each) => each !== this.#me);
  }

  /** Gives the case to a colleague. Throws `ApiError` (`BYLINE_CASE_CONFLICT`, `BYLINE_OWN_CASE`). */
  async handOver(to: UserId, note: string): Promise<void> {
    await this.#leave(() => this.#api.call(handOverCase, { params: { id: this.#parsedId() }, body: { to, note } }));
  }

  /** Asks the applicant, in words that hold nothing private. Throws `ApiError` (`BYLINE_CASE_CONFLICT`). */
  async ask(question: Question): Promise<void> {
    await this.#leave(() => this.#api.call(askApplicant, { params: { id: this.#parsedId() }, body: question }));
  }

  /** Confirms what a colleague has proposed. Throws `ApiError` (`BYLINE_CASE_CONFLICT`, `BYLINE_OWN_CASE`), CustodyFault. */
  async confirm(): Promise<void> {
    const id = this.#parsedId();
    const standing = await this.#standing(id);
    const body = { verdict: 'confirm', ...(standing !== undefined && { standing }) } as const;
    await this.#leave(() => this.#api.call(confirmCase, { params: { id }, body }));
  }

  /** Sends back what a colleague has proposed. Throws `ApiError` (`BYLINE_CASE_CONFLICT`, `BYLINE_OWN_CASE`). */
  async sendBack(reason: string): Promise<void> {
    const body = { verdict: 'send-back', reason } as const;
    await this.#leave(() => this.#api.call(confirmCase, { params: { id: this.#parsedId() }, body }));
  }

  async #leave(act: () => Promise<unknown>): Promise<void> {
    await this.#reloadIfConflict(act);
    this.#opened.set(AWAY);
    await this.case.reload();
  }

  /**
   * Decides the case. An approval brings the identity sealed to the custodians, once there are any.
   *
   * @throws ApiError (`BYLINE_CASE_CONFLICT`, `BYLINE_OWN_CASE`, `M_INVALID_PARAM`), CustodyFault
   */
  async decide(decision: Decision): Promise<void> {
    const id = this.#parsedId();
    const standing = decision.decision === 'approve' ? await this.#standing(id) : undefined;
    const body = standing === undefined ? decision : { ...decision, standing };
    await this.#reloadIfConflict(() => this.#api.call(decideCase, { params: { id }, body }));
    this.#opened.set(AWAY);
    await this.case.reload();
  }

  async #standing(id: ApplicationId): Promise<StandingRecord | undefined> {
    const opened = this.#opened.get();
    return opened.state === 'open' ? sealStanding(this.#api, this.#custodians, id, opened.identity) : undefined;
  }

  #readOn(): () => void {
    this.#isWatched = true;
    const ends = [this.case.subscribe(() => void this.#read()), this.#keys.keys.subscribe(() => void this.#read())];
    void this.#read();
    return () => {
      for (const end of ends) end();
      this.#isWatched = false;
      this.#opened.set(AWAY);
    };
  }

  /** Reads what is sealed, when the case is one's own and its key is open; else forgets what was read. */
  readonly #read = async (): Promise<void> => {
    const { value } = this.case.get();
    if (value?.identity === undefined || value.identity === null || value.holder?.user_id !== this.#me) {
      this.#opened.set(AWAY);
      return;
    }
    const { kid } = value.identity.sealed;
    const key = this.#keys.key(kid);
    if (key === undefined) {
      this.#opened.set({ state: 'locked', kid });
      return;
    }
    const before = this.#opened.get().state;
    if (before === 'open' || before === 'opening') return;
    this.#keys.used();
    this.#opened.set({ state: 'opening' });
    try {
      // What was taken over from a refused application opens as what it was sealed for.
      const identity = await openIdentity(key, value.identity.sealed_for ?? value.id, value.identity);
      const pictures = await this.#pictures(value);
      const answers = await this.#answers(value);
      this.#opened.set(
        this.#keys.key(kid) === undefined
          ? { state: 'locked', kid }
          : this.#ifWatched({ state: 'open', identity, pictures, answers }),
      );
    } catch (error) {
      this.#opened.set({ state: 'unreadable', error });
    }
  };

  /** It may have been left while it was being opened. */
  #ifWatched(opened: Opened): Opened {
    return this.#isWatched ? opened : AWAY;
  }

  async #pictures({ id, evidence }: Case) {
    const pictures = PICTURE_PIECES.flatMap((piece) =>
      evidence.filter((one) => one.piece === piece).map((one) => ({ ...one, piece })),
    );
    return Promise.all(
      pictures.map(async ({ id: evidenceId, piece, kid, sealed_for: sealedFor = id }) => {
        const key = this.#keys.key(kid);
        if (key === undefined) throw new ApiError('UNREADABLE', 'A picture was sealed to another key.');
        const sealed = await this.#api.download(getCaseEvidence, { params: { id, evidenceId } });
        const opened = await openEvidence(key, sealedFor, piece, new Uint8Array(await sealed.arrayBuffer()));
        return { piece, picture: new Blob([new Uint8Array(opened)], { type: 'image/jpeg' }) };
      }),
    );
  }

  /** An answer that was sealed to another key than those that are open stays closed. */
  async #answers({ id, messages }: Case): Promise<ReadonlyMap<number, string>> {
    const answers = new Map<number, string>();
    for (const { number, sealed } of messages) {
      const key = sealed === undefined ? undefined : this.#keys.key(sealed.kid);
      if (sealed !== undefined && key !== undefined) answers.set(number, await openAnswer(key, id, sealed));
    }
    return answers;
  }

  /** After a refusal the case may stand otherwise than it is shown. */
  async #reloadIfConflict(act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
    } catch (error) {
      await this.case.reload();
      throw error;
    }
  }

  #parsedId(): ApplicationId {
    const parsed = ApplicationId.safeParse(this.#id);
    if (parsed.success) return parsed.data;
    throw new ApiError('M_NOT_FOUND', 'There is no such case.');
  }
}
