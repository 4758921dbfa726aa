import type { EventId, MxcUri } from '@byline/protocol';
import type { Reader, Writer } from '../../platform/engine/engine.ts';
import type { PostEditRow, PostMediaRow, PublishingTables } from './tables.ts';

const tables = (database: Reader | Writer) => database.withTables<PublishingTables>();

/** All SQL of what can't be found by a post's event alone. */
export class PostStore {
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  // A request that is sent twice is one event, so its rows may be there already.
  readonly insertEdits = async (writer: Writer, edits: readonly PostEditRow[]): Promise<void> => {
    await tables(writer)
      .insertInto('post_edits')
      .values([...edits])
      .onConflict((conflict) => conflict.column('edit_event_id').doNothing())
      .execute();
  };

  readonly insertMedia = async (writer: Writer, media: readonly PostMediaRow[]): Promise<void> => {
    await tables(writer)
      .insertInto('post_media')
      .values([...media])
      .onConflict((conflict) => conflict.columns(['event_id', 'mxc']).doNothing())
      .execute();
  };

  /** The changes of some posts, the newest first. */
  async edits(posts: readonly EventId[]): Promise<PostEditRow[]> {
    if (posts.length === 0) return [];
    return tables(this.#reader)
      .selectFrom('post_edits')
      .selectAll()
      .where('post_event_id', 'in', posts)
      .orderBy('position', 'desc')
      .execute();
  }

  /** The same of one post, inside a transaction. */
  async editsOf(writer: Writer, post: EventId): Promise<PostEditRow[]> {
    return tables(writer).selectFrom('post_edits').selectAll().where('post_event_id', '=', post).execute();
  }

  /** Forgets which files some events show. Resolves with those that no other post and no account shows. */
  async removeMedia(writer: Writer, events: readonly string[]): Promise<MxcUri[]> {
    const removed = await tables(writer)
      .deleteFrom('post_media')
      .where('event_id', 'in', events)
      .returning('mxc')
      .execute();
    const files = [...new Set(removed.map(({ mxc }) => mxc))];
    if (files.length === 0) return [];
    const inPosts = await tables(writer).selectFrom('post_media').select('mxc').where('mxc', 'in', files).execute();
    const asPictures = await tables(writer)
      .selectFrom('accounts')
      .select('picture')
      .where('picture', 'in', files)
      .execute();
    const shown = new Set([...inPosts.map(({ mxc }) => mxc), ...asPictures.map(({ picture }) => picture)]);
    return files.filter((mxc) => !shown.has(mxc));
  }
}
