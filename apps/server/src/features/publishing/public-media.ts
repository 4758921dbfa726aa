import type { MxcUri, UserId } from '@byline/protocol';
import type { Batch } from '../../platform/log/batch.ts';

/** What publishing asks of the content repository. */
export interface PublicMedia {
  /** Throws `M_NOT_FOUND`, or `M_FORBIDDEN` for a file that is neither the user's own nor public already. */
  requirePublishable(userId: UserId, mxcs: readonly MxcUri[]): Promise<void>;
  /** Lets everyone read some files, as part of what `batch` decides. Throws `M_NOT_FOUND`. */
  markPublic(batch: Batch, mxcs: readonly MxcUri[]): Promise<void>;
  /** Takes back `markPublic`. Throws `M_NOT_FOUND`. */
  markPrivate(batch: Batch, mxcs: readonly MxcUri[]): Promise<void>;
}
