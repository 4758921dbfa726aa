import type { EvidencePiece, IdentityField } from '@byline/protocol/byline/identity.ts';
import type { VerificationWay, Way } from '@byline/protocol/byline/verification.ts';

/** What a way asks for and what it shows. */
interface WayFacts extends Pick<Way, 'needs' | 'attests'> {
  /** What takes the place of the pictures of a document; `undefined`: nothing does, they are needed. */
  readonly insteadOfPictures: readonly EvidencePiece[] | undefined;
}

const ALL: readonly IdentityField[] = ['legal_name', 'document_kind', 'document_number', 'country'];

/** By way. What it takes is changed here and nowhere else. */
export const WAYS: Readonly<Record<VerificationWay, WayFacts>> = {
  documents: { needs: 'document', attests: [...ALL], insteadOfPictures: undefined },
  // An issuer may attest less; which fields it did, the reviewer's browser reads from what it signed.
  'openid-connect': { needs: 'account-at-the-provider', attests: [...ALL], insteadOfPictures: ['id-token'] },
  // The organisation answers for its office; who runs that, the applicant says.
  vouching: { needs: 'vouch', attests: [], insteadOfPictures: [] },
};

/** The evidence that is needed, where documents would take `pictures`. */
export const evidenceFor = (way: VerificationWay, pictures: readonly EvidencePiece[]): readonly EvidencePiece[] =>
  WAYS[way].insteadOfPictures ?? pictures;
