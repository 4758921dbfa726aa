import { deletionNeighbours } from '@byline/core/identity/resemblance/one-edit.ts';
import { nearBands, type PictureLikeness } from '@byline/core/identity/resemblance/picture-likeness.ts';
import type { MxcUri } from '@byline/protocol';
import type { ApplicationId } from '@byline/protocol/byline/identity.ts';
import { createHash } from 'node:crypto';
import type { Reader, Writer } from '../../../platform/engine/engine.ts';
import type { ApplicationRow } from '../tables.ts';
import type { AccountId, PictureRow, ResemblanceTables, TextAspect, TextRow } from './tables.ts';

const tables = (database: Reader | Writer) => database.withTables<ResemblanceTables>();

/** Whose application it is, and for which account. */
export interface Owner {
  readonly applicationId: ApplicationId;
  readonly accountId: AccountId;
}

/** Nobody can look like these: they are not there, or not any more. */
const GONE = ['draft', 'refused', 'withdrawn'] as const;

/** A look-alike is looked for by a person, who reads no more than this. */
const MOST_FOUND = 100;
/** Flat pictures have much the same bands, so there may be many to compare. */
const MOST_PICTURES = 2_000;

/** All SQL of what accounts look like. */
export class ResemblanceStore {
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  /** Keeps what an application's texts look like, in place of what it said before. */
  async keepTexts(writer: Writer, owner: Owner, skeletons: Readonly<Record<TextAspect, string>>): Promise<void> {
    const { applicationId, accountId } = owner;
    for (const table of ['resemblance_texts', 'resemblance_neighbours'] as const)
      await tables(writer).deleteFrom(table).where('application_id', '=', applicationId).execute();
    const rows = textRows(applicationId, accountId, skeletons);
    if (rows.length === 0) return;
    await tables(writer).insertInto('resemblance_texts').values(rows).execute();
    const neighbours = rows.flatMap(({ application_id, aspect, skeleton }) =>
      neighboursOf(aspect, skeleton).map((neighbour) => ({ neighbour, application_id, aspect })),
    );
    await tables(writer).insertInto('resemblance_neighbours').values(neighbours).execute();
  }

  /** Texts of other accounts that have a skeleton. */
  same(aspect: TextAspect, skeleton: string, not: AccountId | undefined, writer?: Writer): Promise<TextRow[]> {
    return this.#texts(writer ?? this.#reader, aspect, not)
      .where('skeleton', '=', skeleton)
      .execute();
  }

  /** Texts of other accounts that may be one edit away from a skeleton; some are two away. */
  near(aspect: TextAspect, skeleton: string, not: AccountId): Promise<TextRow[]> {
    const neighbours = neighboursOf(aspect, skeleton);
    return this.#texts(this.#reader, aspect, not)
      .where('skeleton', '!=', skeleton)
      .where('resemblance_texts.application_id', 'in', (select) =>
        select
          .selectFrom('resemblance_neighbours')
          .select('resemblance_neighbours.application_id')
          .where('neighbour', 'in', neighbours)
          .where('resemblance_neighbours.aspect', '=', aspect),
      )
      .execute();
  }

  #texts(database: Reader | Writer, aspect: TextAspect, not: AccountId | undefined) {
    return tables(database)
      .selectFrom('resemblance_texts')
      .innerJoin('applications', 'applications.application_id', 'resemblance_texts.application_id')
      .selectAll('resemblance_texts')
      .where('aspect', '=', aspect)
      .where('applications.state', 'not in', GONE)
      .$if(not !== undefined, (query) => query.where('resemblance_texts.account_id', '!=', not ?? ''))
      .limit(MOST_FOUND);
  }

  async keepPicture(writer: Writer, owner: Owner, picture: MxcUri, likeness: PictureLikeness): Promise<void> {
    await this.forgetPicture(writer, owner.applicationId);
    await tables(writer)
      .insertInto('resemblance_pictures')
      .values(pictureRow(owner, picture, likeness))
      .execute();
  }

  async forgetPicture(writer: Writer, applicationId: ApplicationId): Promise<void> {
    await tables(writer).deleteFrom('resemblance_pictures').where('application_id', '=', applicationId).execute();
  }

  /** What a picture of an application looks like, where it was looked at. */
  async picture(applicationId: ApplicationId, picture: MxcUri): Promise<PictureLikeness | undefined> {
    const row = await tables(this.#reader)
      .selectFrom('resemblance_pictures')
      .selectAll()
      .where('application_id', '=', applicationId)
      .where('picture', '=', picture)
      .executeTakeFirst();
    return row === undefined ? undefined : likenessIn(row);
  }

  /** Pictures of other accounts that have a band near one of a picture; some are not like it. */
  async nearPictures(
    { bands: [first, second, third, fourth] }: PictureLikeness,
    not: AccountId,
  ): Promise<(Owner & { readonly picture: MxcUri; readonly likeness: PictureLikeness })[]> {
    const rows = await tables(this.#reader)
      .selectFrom('resemblance_pictures')
      .innerJoin('applications', 'applications.application_id', 'resemblance_pictures.application_id')
      .selectAll('resemblance_pictures')
      .where((is) =>
        is.or([
          is('band_0', 'in', nearBands(first)),
          is('band_1', 'in', nearBands(second)),
          is('band_2', 'in', nearBands(third)),
          is('band_3', 'in', nearBands(fourth)),
        ]),
      )
      .where('resemblance_pictures.account_id', '!=', not)
      .where('applications.state', 'not in', GONE)
      .limit(MOST_PICTURES)
      .execute();
    return rows.map((row) => ({
      applicationId: row.application_id,
      accountId: row.account_id,
      picture: row.picture,
      likeness: likenessIn(row),
    }));
  }

  /** The applications themselves. */
  async applications(ids: readonly ApplicationId[]): Promise<ApplicationRow[]> {
    if (ids.length === 0) return [];
    return tables(this.#reader).selectFrom('applications').selectAll().where('application_id', 'in', ids).execute();
  }
}

const textRows = (
  applicationId: ApplicationId,
  accountId: AccountId,
  skeletons: Readonly<Record<TextAspect, string>>,
): TextRow[] =>
  (['handle', 'name'] as const)
    .map((aspect) => ({
      application_id: applicationId,
      aspect,
      account_id: accountId,
      skeleton: skeletons[aspect],
    }))
    // A name of marks alone looks like nothing.
    .filter(({ skeleton }) => skeleton !== '');

/** Numbers stand in for texts of any length; two texts of one number are told apart when they are compared. */
const neighboursOf = (aspect: TextAspect, skeleton: string): number[] => [
  ...new Set(
    deletionNeighbours(skeleton).map((text) =>
      createHash('sha256').update(`${aspect} ${text}`).digest().readUIntBE(0, 6),
    ),
  ),
];

const pictureRow = (
  { applicationId, accountId }: Owner,
  picture: MxcUri,
  { bands: [first, second, third, fourth], colour }: PictureLikeness,
): PictureRow => ({
  application_id: applicationId,
  account_id: accountId,
  picture,
  band_0: first,
  band_1: second,
  band_2: third,
  band_3: fourth,
  ...colour,
});

const likenessIn = ({ band_0, band_1, band_2, band_3, red, green, blue }: PictureRow): PictureLikeness => ({
  bands: [band_0, band_1, band_2, band_3],
  colour: { red, green, blue },
});
