import { listOwnOpenings, type OwnOpening } from '@byline/protocol/byline/opening.ts';
import { Resource } from '../resource.ts';
import type { SignedIn } from '../session/signed-in.ts';

/** The openings of one's own sealed identity of which one was told, the newest first. */
export const ownOpenings = ({ api }: Pick<SignedIn, 'api'>): Resource<readonly OwnOpening[]> =>
  new Resource(async () => (await api.call(listOwnOpenings)).openings);
