import { sealAnswer, sealEvidence, sealIdentity } from '@byline/core/identity/seal-identity.ts';
import { answerQuestion, appealRefusal, correctRefusal } from '@byline/protocol/byline/after-review.ts';
import {
  type Application,
  deleteEvidence,
  getApplication,
  saveApplication,
  submitApplication,
  uploadEvidence,
  withdrawApplication,
} from '@byline/protocol/byline/applications.ts';
import type { EvidencePiece, PublicDraft, SubjectKind } from '@byline/protocol/byline/identity.ts';
import { getReviewersKey, type ReviewersKey } from '@byline/protocol/byline/reviewers-key.ts';
import { uploadMedia } from '@byline/protocol/matrix/media.ts';
import type { Api } from '../api/api.ts';
import { isApiError } from '../api/errors.ts';
import type { KeptText } from '../kept-text.ts';
import type { Media } from '../media/media.ts';
import { type Observable, Source } from '../observable.ts';
import { type Filling, isSealed, kindOf, missingIn, type TypedIdentity, typedIdentity } from './filled-in.ts';
import { IndexOfDocument } from './blind-index.ts';
import { HandleCheck } from './handle-check.ts';
import { redrawn } from './picture.ts';

/** Where the answers are: all at the server, on their way, or not got there (then they are sent again with the next). */
export type Saving = 'saved' | 'saving' | 'failed';

/** A picture on its way: made ready and sealed here, or being sent (from 0 to 1). */
export type PictureState =
  | { readonly state: 'sealing' }
  | { readonly state: 'sending'; readonly share: number }
  | { readonly state: 'failed'; readonly error: unknown };

export interface FormState extends Filling {
  readonly missing: readonly string[];
  readonly isSealed: boolean;
  readonly saving: Saving;
  /** Whether something of who one is stands in this page alone. */
  readonly hasUnsealed: boolean;
  readonly pictures: Readonly<Partial<Record<EvidencePiece, PictureState>>>;
  /** What was chosen in this page, to be looked at; it can't be opened again once the page is left. */
  readonly previews: Readonly<Partial<Record<EvidencePiece, Blob>>>;
}

interface Parts {
  readonly api: Api;
  readonly kept: KeptText;
  readonly media: Media;
  readonly application: Application;
  /** Hears what the server says of the application. */
  readonly onChange: (application: Application) => void;
}

/** The answers are sent after a pause in writing, in milliseconds. */
const PAUSE = 700;
/** Enough to read the smallest print of a document. */
const LONGEST_SIDE = { document: 3200, account: 1024 } as const;

/**
 * One's own application while it is filled in. What everybody will read is saved at the server as one goes; who one is
 * stays in this page until all of it is written, and leaves it sealed.
 */
export class ApplicationForm {
  readonly handle: HandleCheck;
  readonly #api: Api;
  readonly #kept: KeptText;
  readonly #media: Media;
  readonly #onChange: Parts['onChange'];
  readonly #index: IndexOfDocument;
  readonly #state: Source<FormState>;
  #unsaved: PublicDraft = {};
  /** What was written when it was sealed, so that it is sealed again only when it was changed. */
  #sealedTyped: TypedIdentity | undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #saves: Promise<void> = Promise.resolve();

  constructor({ api, kept, media, application, onChange }: Parts) {
    this.#api = api;
    this.#kept = kept;
    this.#media = media;
    this.#onChange = onChange;
    this.handle = new HandleCheck(api);
    this.#index = new IndexOfDocument(api);
    const filling: Filling = {
      application,
      draft: application.public,
      typed: {},
      sealedKind: this.#sealedKind(application.id),
    };
    this.#state = new Source<FormState>({
      ...about(filling),
      saving: 'saved',
      hasUnsealed: false,
      pictures: {},
      previews: {},
    });
    this.handle.look(application.public.handle ?? '');
  }

  get state(): Observable<FormState> {
    return this.#state;
  }

  /** Writes part of what everybody will read; it is saved by itself. */
  write(change: PublicDraft): void {
    this.#unsaved = { ...this.#unsaved, ...change };
    this.#fill(({ draft }) => ({ draft: { ...draft, ...change } }), { saving: 'saving' });
    if (change.handle !== undefined) this.handle.look(change.handle);
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => void this.save(), PAUSE);
  }

  /** Writes part of who one is; it stays here until it is sealed. */
  writeIdentity(change: TypedIdentity): void {
    this.#fill(({ typed }) => ({ typed: { ...typed, ...change } }), { hasUnsealed: true });
  }

  /** Sends what is not saved yet, and seals who one is once all of it is written. What fails is told by `saving`. */
  readonly save = (): Promise<void> => {
    clearTimeout(this.#pause);
    this.#saves = this.#saves.then(() => this.#saveAll());
    return this.#saves;
  };

  /** Gives the account a picture. Throws `NotAPicture`, `ApiError`. */
  async setPicture(file: Blob): Promise<void> {
    const picture = await redrawn(file, LONGEST_SIDE.account);
    const { content_uri: uri } = await this.#api.upload(uploadMedia, { query: { filename: 'picture.jpg' } }, picture);
    this.#media.remember(uri, picture);
    this.write({ picture: uri });
    await this.save();
  }

  /** Makes a picture of the document ready, seals it here and sends it. What fails is told by the state. */
  async setEvidence(piece: EvidencePiece, file: Blob): Promise<void> {
    this.#showPicture(piece, { state: 'sealing' });
    try {
      const picture = await redrawn(file, LONGEST_SIDE.document);
      this.#show({ previews: { ...this.#state.get().previews, [piece]: picture } });
      const { id } = this.#state.get().application;
      const key = await this.#key();
      const bytes = new Uint8Array(await picture.arrayBuffer());
      const sealed = await sealEvidence(key.public_key, id, piece, bytes);
      this.#showPicture(piece, { state: 'sending', share: 0 });
      const input = { params: { id }, query: { piece, kid: key.kid } };
      await this.#api.upload(uploadEvidence, input, new Blob([sealed]), {
        onProgress: (share) => this.#showPicture(piece, { state: 'sending', share }),
      });
      await this.reload();
      this.#showPicture(piece, undefined);
    } catch (error) {
      this.#showPicture(piece, { state: 'failed', error });
    }
  }

  /** Takes a picture of the document away. Throws `ApiError`. */
  async removeEvidence(piece: EvidencePiece): Promise<void> {
    this.#showPicture(piece, undefined);
    this.#show({ previews: { ...this.#state.get().previews, [piece]: undefined } });
    const { id, evidence } = this.#state.get().application;
    for (const each of evidence.filter((one) => one.piece === piece)) {
      await this.#api.call(deleteEvidence, { params: { id, evidenceId: each.id } });
    }
    await this.reload();
  }

  /** Sends the application for review. Throws `ApiError` (`BYLINE_APPLICATION_INCOMPLETE`, `BYLINE_HANDLE_IN_USE`, …). */
  async submit(): Promise<void> {
    await this.save();
    const { id } = this.#state.get().application;
    try {
      this.#take(await this.#api.call(submitApplication, { params: { id } }));
    } catch (error) {
      if (isApiError(error, 'BYLINE_APPLICATION_INCOMPLETE', 'M_BAD_STATE')) await this.reload();
      throw error;
    }
    // It is with the reviewers now; this page has no more use for it.
    this.#fill(() => ({ typed: {} }), { previews: {}, hasUnsealed: false });
  }

  /** Takes the application back, and deletes what was sealed in it. Throws `ApiError`. */
  async withdraw(): Promise<void> {
    const { id } = this.#state.get().application;
    this.#take(await this.#api.call(withdrawApplication, { params: { id } }));
    this.#kept.remove(sealedKindKey(id));
    this.#fill(() => ({ typed: {} }), { previews: {}, hasUnsealed: false });
  }

  /** Answers a reviewer's question; the answer leaves this page sealed. Throws `ApiError`. */
  async answer(text: string): Promise<void> {
    const { id } = this.#state.get().application;
    const { public_key: publicKey } = await this.#key();
    const sealed = await sealAnswer(publicKey, id, text);
    this.#take(await this.#api.call(answerQuestion, { params: { id }, body: { sealed } }));
  }

  /** Has another reviewer look at a refusal. Throws `ApiError` (`M_BAD_STATE`, `BYLINE_HANDLE_IN_USE`). */
  async appeal(reason: string): Promise<void> {
    const { id } = this.#state.get().application;
    this.#take(await this.#api.call(appealRefusal, { params: { id }, body: { reason } }));
  }

  /** Begins a new application from this one, which was refused; the id of the new one. Throws `ApiError` (`M_BAD_STATE`). */
  async correct(): Promise<string> {
    const { id } = this.#state.get().application;
    const made = await this.#api.call(correctRefusal, { params: { id } });
    const kind = this.#sealedKind(id);
    if (kind !== undefined) this.#kept.write(sealedKindKey(made.id), kind);
    this.#onChange(made);
    await this.reload();
    return made.id;
  }

  /** Asks how the application stands. Throws `ApiError`. */
  readonly reload = async (): Promise<void> => {
    const { id } = this.#state.get().application;
    this.#take(await this.#api.call(getApplication, { params: { id } }));
  };

  async #saveAll(): Promise<void> {
    try {
      await this.#saveDraft();
      await this.#saveIdentity();
      this.#show({ saving: 'saved' });
    } catch {
      // What was written stays, and is sent with the next attempt.
      this.#show({ saving: 'failed' });
    }
  }

  async #saveDraft(): Promise<void> {
    const change = this.#unsaved;
    if (Object.keys(change).length === 0) return;
    const { id } = this.#state.get().application;
    const saved = await this.#api.call(saveApplication, { params: { id }, body: { public: change } });
    // What was written meanwhile is still to be saved.
    const isLatest = this.#unsaved === change;
    this.#unsaved = isLatest ? {} : this.#unsaved;
    this.#take(saved);
  }

  async #saveIdentity(): Promise<void> {
    const filling = this.#state.get();
    const { application, typed } = filling;
    const identity = typedIdentity(filling);
    if (identity === undefined || typed === this.#sealedTyped) return;
    const key = await this.#key();
    const sealed = await sealIdentity(key.public_key, application.id, identity);
    const saved = await this.#api.call(saveApplication, {
      params: { id: application.id },
      body: { identity: { ...sealed, blind_index: await this.#index.of(identity) } },
    });
    this.#sealedTyped = typed;
    this.#kept.write(sealedKindKey(application.id), identity.subject_kind);
    this.#fill(() => ({ sealedKind: identity.subject_kind }), { hasUnsealed: this.#state.get().typed !== typed });
    this.#take(saved);
  }

  #key(): Promise<ReviewersKey> {
    return this.#api.call(getReviewersKey);
  }

  #sealedKind(id: string): SubjectKind | undefined {
    return this.#kept.read(sealedKindKey(id)) as SubjectKind | undefined;
  }

  #take(application: Application): void {
    this.#fill(({ draft }) => ({ application, draft: { ...draft, ...application.public, ...this.#unsaved } }));
    this.#onChange(application);
  }

  #fill(change: (filling: Filling) => Partial<Filling>, shown: Partial<FormState> = {}): void {
    this.#state.update((before) => ({ ...before, ...about({ ...before, ...change(before) }), ...shown }));
  }

  #show(shown: Partial<FormState>): void {
    this.#state.update((before) => ({ ...before, ...shown }));
  }

  #showPicture(piece: EvidencePiece, state: PictureState | undefined): void {
    this.#show({ pictures: { ...this.#state.get().pictures, [piece]: state } });
  }
}

const sealedKindKey = (id: string): string => `byline.apply.${id}.kind`;

/** What follows from what is filled in. */
function about({ application, draft, typed, sealedKind }: Filling) {
  const filling = { application, draft, typed, sealedKind };
  return { ...filling, missing: missingIn(filling), isSealed: isSealed(filling) };
}

/** What a document may be for the publisher of a form. */
export const kindIn = (state: FormState): SubjectKind => kindOf(state);
