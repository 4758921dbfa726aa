import type { ApplicationId, EvidencePiece } from '@byline/protocol/byline/identity.ts';
import { LegalIdentity, SEALED_SCHEMA } from '@byline/protocol/byline/identity.ts';
import type { SealedIdentity } from '@byline/protocol/byline/applications.ts';
import { open, openBytes, seal, sealBytes, type Sealed, type SealingContext } from '../sealing/sealing.ts';
import type { SealingKeyPair } from '../sealing/sealing-key.ts';
import { filledFields } from './requirements.ts';

/**
 * Seals a legal identity for one application, where it was typed.
 *
 * @throws SealingError `malformed-key`
 */
export const sealIdentity = async (
  publicKey: string,
  application: ApplicationId,
  identity: LegalIdentity,
): Promise<SealedIdentity> => {
  const plaintext = new TextEncoder().encode(JSON.stringify(identity));
  const sealed = await seal(publicKey, plaintext, identityContext(application));
  return { schema: SEALED_SCHEMA, fields: filledFields(identity), sealed };
};

/**
 * Opens a legal identity, in the reviewer's browser.
 *
 * @throws SealingError when it can't be opened; ZodError when what was sealed is no legal identity
 */
export const openIdentity = async (
  key: SealingKeyPair,
  application: ApplicationId,
  { sealed }: Pick<SealedIdentity, 'sealed'>,
): Promise<LegalIdentity> => {
  const plaintext = await open(key, sealed, identityContext(application));
  return LegalIdentity.parse(JSON.parse(new TextDecoder().decode(plaintext)));
};

/** Seals a picture of a document for one application. Throws SealingError `malformed-key`. */
export const sealEvidence = (
  publicKey: string,
  application: ApplicationId,
  piece: EvidencePiece,
  picture: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> => sealBytes(publicKey, picture, evidenceContext(application, piece));

/** Opens a picture of a document, in the reviewer's browser. Throws SealingError when it can't be opened. */
export const openEvidence = (
  key: SealingKeyPair,
  application: ApplicationId,
  piece: EvidencePiece,
  sealed: Uint8Array,
): Promise<Uint8Array> => openBytes(key, sealed, evidenceContext(application, piece));

/**
 * Seals what an applicant answers to a reviewer's question. It is filled up first, so that its length tells little: a yes
 * looks like a no. Throws SealingError `malformed-key`.
 */
export const sealAnswer = (publicKey: string, application: ApplicationId, answer: string): Promise<Sealed> =>
  seal(publicKey, new TextEncoder().encode(filledUp(answer)), answerContext(application));

/** Opens an answer, in the reviewer's browser. Throws SealingError when it can't be opened. */
export const openAnswer = async (key: SealingKeyPair, application: ApplicationId, sealed: Sealed): Promise<string> =>
  new TextDecoder().decode(await open(key, sealed, answerContext(application))).trimEnd();

const ANSWER_STEP = 256;
const filledUp = (answer: string): string =>
  answer.padEnd(Math.max(1, Math.ceil(answer.length / ANSWER_STEP)) * ANSWER_STEP);

/** Where a piece of evidence comes from its sealed form: too short or of another version, it can't be one. */
export const looksSealed = (start: Uint8Array): boolean =>
  start.length >= SHORTEST_SEALED && start[0] === SEALED_VERSION;

const SEALED_VERSION = 1;
/** Version, encapsulated key, and the tag of an empty ciphertext. */
const SHORTEST_SEALED = 1 + 32 + 16;

/** An application is of one account, so what was sealed for one opens for no other. */
const identityContext = (application: ApplicationId): SealingContext => ({
  account: application,
  purpose: 'identity-review',
  schema: 'legal-identity',
  version: SEALED_SCHEMA,
});

const answerContext = (application: ApplicationId): SealingContext => ({
  account: application,
  purpose: 'identity-review',
  schema: 'answer',
  version: SEALED_SCHEMA,
});

const evidenceContext = (application: ApplicationId, piece: EvidencePiece): SealingContext => ({
  account: application,
  purpose: 'identity-review',
  schema: piece,
  version: SEALED_SCHEMA,
});
