import type { MxcUri } from '@byline/protocol';
import type { Batch } from '../../platform/log/batch.ts';

/** What publishing asks of the content repository. */
export interface PublicMedia {
  /** Throws `M_NOT_FOUND` unless it is a file of this server. */
  readOwn(mxc: MxcUri): Promise<unknown>;
  /** Lets everyone read some files, as part of what `batch` decides. Throws `M_NOT_FOUND`. */
  markPublic(batch: Batch, mxcs: readonly MxcUri[]): Promise<void>;
  /** Takes back `markPublic`. Throws `M_NOT_FOUND`. */
  markPrivate(batch: Batch, mxcs: readonly MxcUri[]): Promise<void>;
}
