import {
  BlindIndexError,
  evaluateBlinded,
  type IndexKey,
  indexKeyFromSeed,
  publicIndexKey,
} from '@byline/core/identity/blind-index.ts';
import { DomainError } from '@byline/protocol';
import type { BlindEvaluation } from '@byline/protocol/byline/blind-index.ts';
import { randomBytes } from 'node:crypto';
import { readSecret } from '../../../platform/secret-file.ts';

/**
 * Evaluates numbers that it can't see. Its key is in a file of its own and never in the database: whoever steals only
 * the one or only the other can try no numbers.
 */
export class BlindIndexes {
  readonly publicKey: string;
  readonly #key: IndexKey;

  private constructor(key: IndexKey) {
    this.#key = key;
    this.publicKey = publicIndexKey(key);
  }

  static async open(dataFolder: string): Promise<BlindIndexes> {
    const seed = await readSecret(dataFolder, 'blind-index.key', () => randomBytes(SEED_BYTES).toString('base64'));
    return new BlindIndexes(indexKeyFromSeed(Buffer.from(seed, 'base64')));
  }

  /** Answers a blinded question. Throws `M_INVALID_PARAM` for what is no element of the group. */
  evaluate(blinded: string): BlindEvaluation {
    try {
      return evaluateBlinded(this.#key, blinded);
    } catch (error) {
      if (!(error instanceof BlindIndexError)) throw error;
      throw new DomainError('M_INVALID_PARAM', '"blinded" must be an element of ristretto255 other than the identity.');
    }
  }
}

const SEED_BYTES = 32;
