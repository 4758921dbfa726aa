import type { MxcUri } from '@byline/protocol';
import type { ApplicationId } from '@byline/protocol/byline/identity.ts';
import type { IdentityTables } from '../tables.ts';

/** Names a public account for good, whatever its handle. */
export type AccountId = string;

/** What of an account can look like that of another. */
export type TextAspect = 'handle' | 'name';

export interface TextRow {
  application_id: ApplicationId;
  aspect: TextAspect;
  account_id: AccountId;
  skeleton: string;
}

/** By what is left of a skeleton without one character: the first 48 bits of its hash. */
export interface NeighbourRow {
  neighbour: number;
  application_id: ApplicationId;
  aspect: TextAspect;
}

export interface PictureRow {
  application_id: ApplicationId;
  account_id: AccountId;
  picture: MxcUri;
  band_0: number;
  band_1: number;
  band_2: number;
  band_3: number;
  red: number;
  green: number;
  blue: number;
}

export type ResemblanceTables = Pick<IdentityTables, 'applications'> & {
  resemblance_texts: TextRow;
  resemblance_neighbours: NeighbourRow;
  resemblance_pictures: PictureRow;
};
