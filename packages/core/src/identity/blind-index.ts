import { ristretto255_oprf } from '@noble/curves/ed25519.js';
import { fromBase64Url, toBase64Url } from '../sealing/base64url.ts';
import { BlindIndex, type BlindEvaluation } from '@byline/protocol/byline/blind-index.ts';
import { canonicalNumber, type DocumentName } from './document-number.ts';

/**
 * The index by which subjects are counted without being known: a verifiable oblivious PRF (RFC 9497, mode VOPRF,
 * ristretto255-SHA512) of a document's country, kind and number. Whoever has the number asks for it blinded; whoever
 * has the key evaluates it and learns nothing.
 */
const { voprf } = ristretto255_oprf;

/** What `BlindIndexError` says: the evaluation is nonsense, or was made by another key than the one that is published. */
export type BlindIndexProblem = 'malformed' | 'another-key';

export class BlindIndexError extends Error {
  readonly problem: BlindIndexProblem;

  constructor(problem: BlindIndexProblem) {
    super(MESSAGES[problem]);
    this.name = 'BlindIndexError';
    this.problem = problem;
  }
}

const MESSAGES: Readonly<Record<BlindIndexProblem, string>> = {
  malformed: 'This is no element of the group.',
  'another-key': 'The answer was not made by the key that the server has published.',
};

/** A question that tells nothing about the document, and how its answer becomes the index. */
export interface BlindQuestion {
  /** To be sent to the server. */
  readonly blinded: string;
  /**
   * The index. Throws BlindIndexError when the server answered by another key than `publicKey`, which would set a
   * person apart from all others.
   */
  readonly finish: (evaluation: BlindEvaluation, publicKey: string) => BlindIndex;
}

/** Blinds a document, where its number is in the clear. Each question looks different, also for the same document. */
export const askForIndex = (document: DocumentName): BlindQuestion => {
  const input = inputOf(document);
  const { blind, blinded } = voprf.blind(input);
  return {
    blinded: toBase64Url(blinded),
    finish: ({ evaluated, proof }, publicKey) => {
      const [element, key, proved] = [bytesOf(evaluated), bytesOf(publicKey), bytesOf(proof)];
      try {
        const output = voprf.finalize(input, blind, element, blinded, key, proved);
        // Half of it is still too long for two documents ever to meet.
        return BlindIndex.parse(toBase64Url(output.subarray(0, INDEX_BYTES)));
      } catch {
        throw new BlindIndexError('another-key');
      }
    },
  };
};

/** A key to evaluate by. */
export interface IndexKey {
  readonly secretKey: Uint8Array;
  readonly publicKey: Uint8Array;
}

/** The key that a secret seed of 32 bytes stands for (RFC 9497, section 3.2.1). */
export const indexKeyFromSeed = (seed: Uint8Array): IndexKey => voprf.deriveKeyPair(seed, KEY_INFO);

export const publicIndexKey = ({ publicKey }: IndexKey): string => toBase64Url(publicKey);

/** Answers a blinded question, with the proof that it was by this key. Throws BlindIndexError `malformed`. */
export const evaluateBlinded = (key: IndexKey, blinded: string): BlindEvaluation => {
  const element = bytesOf(blinded);
  try {
    const { evaluated, proof } = voprf.blindEvaluate(key.secretKey, key.publicKey, element);
    return { evaluated: toBase64Url(evaluated), proof: toBase64Url(proof) };
  } catch {
    throw new BlindIndexError('malformed');
  }
};

const INDEX_BYTES = 32;
const KEY_INFO = new TextEncoder().encode('byline blind index');

/** Said in each input, so that another way to write numbers would give another index. */
const VERSION = 'byline subject 1';

const inputOf = (document: DocumentName): Uint8Array =>
  new TextEncoder().encode(
    JSON.stringify([VERSION, document.country, document.document_kind, canonicalNumber(document)]),
  );

const bytesOf = (text: string): Uint8Array => {
  const bytes = fromBase64Url(text);
  if (bytes === undefined) throw new BlindIndexError('malformed');
  return bytes;
};
