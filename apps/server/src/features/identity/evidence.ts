import { looksSealed } from '@byline/core/identity/seal-identity.ts';
import { DomainError, type UserId } from '@byline/protocol';
import {
  type ApplicationId,
  EvidenceId,
  type EvidencePiece,
  LARGEST_EVIDENCE,
} from '@byline/protocol/byline/identity.ts';
import type { Evidence } from '@byline/protocol/byline/applications.ts';
import type { KeyId } from '@byline/protocol/byline/sealed.ts';
import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Logger } from 'pino';
import { type Blobs, BlobTooLarge, type StoredBlob } from '../../platform/blobs/blobs.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Engine, Writer } from '../../platform/engine/engine.ts';
import type { ApplicationStore } from './application-store.ts';
import { evidenceOf } from './application-view.ts';
import type { ReviewersKeys } from './reviewers-keys.ts';
import type { EvidenceStore } from './evidence-store.ts';
import { lockOwn, requireAction } from './own-application.ts';
import type { EvidenceRow } from './tables.ts';

export interface EvidenceParts {
  readonly store: EvidenceStore;
  readonly applications: ApplicationStore;
  readonly reviewersKeys: ReviewersKeys;
  readonly blobs: Blobs;
  readonly engine: Engine;
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'warn'>;
}

/** A sealed picture that somebody sends. */
export interface EvidenceUpload {
  readonly piece: EvidencePiece;
  readonly kid: KeyId;
  readonly content: AsyncIterable<Uint8Array>;
}

/** Enough of the beginning to tell whether something is sealed. */
const START_BYTES = 64;

/** The pictures of documents: sealed before they come, kept beside the media and never among them, deleted when decided. */
export class EvidenceKeeper {
  readonly #store: EvidenceStore;
  readonly #applications: ApplicationStore;
  readonly #reviewersKeys: ReviewersKeys;
  readonly #blobs: Blobs;
  readonly #engine: Engine;
  readonly #clock: Clock;
  readonly #logger: Pick<Logger, 'warn'>;

  constructor(parts: EvidenceParts) {
    this.#store = parts.store;
    this.#applications = parts.applications;
    this.#reviewersKeys = parts.reviewersKeys;
    this.#blobs = parts.blobs;
    this.#engine = parts.engine;
    this.#clock = parts.clock;
    this.#logger = parts.logger;
  }

  /**
   * Keeps a piece of evidence; an earlier upload of the same piece goes.
   *
   * @throws DomainError `M_NOT_FOUND`, `M_BAD_STATE`, `BYLINE_NO_REVIEWERS_KEY`, `M_INVALID_PARAM` for what is not sealed
   *   to the present key, `M_TOO_LARGE`
   */
  async upload(by: UserId, id: ApplicationId, { piece, kid, content }: EvidenceUpload): Promise<Evidence> {
    this.#reviewersKeys.requireCurrent('evidence', kid, by);
    const row = await this.#applications.find(id);
    requireAction(row, by, 'save');
    const blob = await this.#put(piece, content);
    try {
      const kept = await this.#engine.transaction((writer) => this.#replace(writer, by, id, { piece, kid, blob }));
      return evidenceOf(kept);
    } catch (error) {
      await this.#blobs.delete(blob.id);
      throw error;
    } finally {
      await this.sweep();
    }
  }

  /** Deletes a piece of evidence that was not sent for review yet. Throws `M_NOT_FOUND`, `M_BAD_STATE`. */
  async delete(by: UserId, id: ApplicationId, evidenceId: EvidenceId): Promise<void> {
    await this.#engine.transaction(async (writer) => {
      await lockOwn(writer, this.#applications, id, by, 'save');
      const found = await this.#store.discard(writer, id, { id: evidenceId });
      if (!found) throw noSuchEvidence();
    });
    await this.sweep();
  }

  /** Opens the sealed bytes of one piece. Whether somebody may is for the caller to decide. Throws `M_NOT_FOUND`. */
  async open(
    id: ApplicationId,
    evidenceId: EvidenceId,
  ): Promise<{ readonly size: number; readonly content: Readable }> {
    const row = (await this.#store.of([id])).find(({ evidence_id }) => evidence_id === evidenceId);
    if (row === undefined) throw noSuchEvidence();
    return { size: row.size, content: await this.#blobs.open(row.blob_id) };
  }

  /** Deletes what was given up. What can't be deleted now is tried again at the next time, and at the next start. */
  async sweep(): Promise<void> {
    for (const { evidence_id, blob_id } of await this.#store.discarded()) {
      try {
        await this.#blobs.delete(blob_id);
        await this.#engine.transaction((writer) => this.#store.remove(writer, evidence_id));
      } catch (error) {
        this.#logger.warn({ err: error }, 'evidence that was given up could not be deleted yet');
      }
    }
  }

  async #replace(
    writer: Writer,
    by: UserId,
    id: ApplicationId,
    { piece, kid, blob }: Omit<EvidenceUpload, 'content'> & { readonly blob: StoredBlob },
  ): Promise<EvidenceRow> {
    await lockOwn(writer, this.#applications, id, by, 'save');
    await this.#store.discard(writer, id, { piece });
    const row: EvidenceRow = {
      evidence_id: EvidenceId.parse(randomBytes(16).toString('base64url')),
      application_id: id,
      piece,
      kid,
      blob_id: blob.id,
      size: blob.size,
      uploaded_at: this.#clock.now(),
      discarded: 0,
    };
    await this.#store.insert(writer, row);
    return row;
  }

  async #put(piece: EvidencePiece, content: AsyncIterable<Uint8Array>): Promise<StoredBlob> {
    try {
      return await this.#blobs.put(onlySealed(content), LARGEST_EVIDENCE[piece]);
    } catch (error) {
      if (!(error instanceof BlobTooLarge)) throw error;
      const mebibytes = LARGEST_EVIDENCE[piece] / 1024 / 1024;
      throw new DomainError('M_TOO_LARGE', `This is too large. It may have at most ${mebibytes} MiB.`);
    }
  }
}

/** A picture that came in the clear must not reach the disk, not even for a moment. */
async function* onlySealed(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let start: Uint8Array | undefined = Buffer.alloc(0);
  for await (const chunk of content) {
    if (start === undefined) yield chunk;
    else {
      start = Buffer.concat([start, chunk]);
      if (start.length < START_BYTES) continue;
      yield requireSealed(start);
      start = undefined;
    }
  }
  if (start !== undefined) yield requireSealed(start);
}

const requireSealed = (start: Uint8Array): Uint8Array => {
  if (looksSealed(start)) return start;
  throw new DomainError(
    'M_INVALID_PARAM',
    'This is not sealed. Pictures of documents are sealed before they are sent.',
  );
};

const noSuchEvidence = (): DomainError =>
  new DomainError('M_NOT_FOUND', 'There is no such picture in this application.');
