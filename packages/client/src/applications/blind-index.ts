import { askForIndex } from '@byline/core/identity/blind-index.ts';
import { canonicalNumber, type DocumentName } from '@byline/core/identity/document-number.ts';
import {
  type BlindEvaluation,
  type BlindIndex,
  evaluateBlindIndex,
  evaluateCaseIndex,
  getBlindIndexKey,
} from '@byline/protocol/byline/blind-index.ts';
import type { ApplicationId } from '@byline/protocol/byline/identity.ts';
import type { Api } from '../api/api.ts';

/**
 * The blind index of a document, by the server's key; the server is told nothing of the document.
 *
 * @throws BlindIndexError when the server did not answer by the key that it has published; ApiError (`M_LIMIT_EXCEEDED`)
 */
const blindIndexOf = (api: Api, document: DocumentName): Promise<BlindIndex> =>
  ask(api, document, (blinded) => api.call(evaluateBlindIndex, { body: { blinded } }));

/** The same for the reviewer who holds a case. Throws BlindIndexError, ApiError (`BYLINE_CASE_CONFLICT`, …). */
export const blindIndexForCase = (api: Api, id: ApplicationId, document: DocumentName): Promise<BlindIndex> =>
  ask(api, document, (blinded) => api.call(evaluateCaseIndex, { params: { id }, body: { blinded } }));

async function ask(
  api: Api,
  document: DocumentName,
  evaluate: (blinded: string) => Promise<BlindEvaluation>,
): Promise<BlindIndex> {
  const { blinded, finish } = askForIndex(document);
  const { public_key: key } = await api.call(getBlindIndexKey);
  return finish(await evaluate(blinded), key);
}

/** The index of one document after another; the same document is not asked about twice, because one may ask only seldom. */
export class IndexOfDocument {
  readonly #api: Api;
  #last: { readonly name: string; readonly index: BlindIndex } | undefined;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Throws BlindIndexError, ApiError (`M_LIMIT_EXCEEDED`). */
  async of(document: DocumentName): Promise<BlindIndex> {
    const name = `${document.country} ${document.document_kind} ${canonicalNumber(document)}`;
    if (this.#last?.name === name) return this.#last.index;
    const index = await blindIndexOf(this.#api, document);
    this.#last = { name, index };
    return index;
  }
}
