import { expect, test } from 'vitest';
import { toBase64Url } from '../sealing/base64url.ts';
import { askForIndex, BlindIndexError, evaluateBlinded, indexKeyFromSeed, publicIndexKey } from './blind-index.ts';
import type { DocumentName } from './document-number.ts';

const KEY = indexKeyFromSeed(new Uint8Array(32).fill(7));
const OTHER_KEY = indexKeyFromSeed(new Uint8Array(32).fill(8));
const PASSPORT: DocumentName = { country: 'NL', document_kind: 'passport', document_number: 'NX4417' };

const indexOf = (changes: Partial<DocumentName> = {}, key = KEY): string => {
  const question = askForIndex({ ...PASSPORT, ...changes });
  return question.finish(evaluateBlinded(key, question.blinded), publicIndexKey(key));
};

test('two spellings of a number have one index, whoever asks and whenever', () => {
  expect(indexOf()).toBe(indexOf());
  expect(indexOf({ document_number: ' nx-４４17' })).toBe(indexOf());
});

test('another number, kind, country or key has another index', () => {
  const indexes = [
    indexOf(),
    indexOf({ document_number: 'NX4418' }),
    indexOf({ document_kind: 'identity-card' }),
    indexOf({ country: 'BE' }),
    indexOf({}, OTHER_KEY),
  ];
  expect(new Set(indexes).size).toBe(indexes.length);
});

test('the index stays what it is: what was counted once is found for ever', () => {
  expect(indexOf()).toMatchInlineSnapshot(`"IoJGXNlsZuVHQXT3xr61NziurNak9w-rRN17E09tOv0"`);
});

test('no two questions are alike, so that the server can not tell that it was asked about somebody before', () => {
  const blinded = Array.from({ length: 20 }, () => askForIndex(PASSPORT).blinded);
  expect(new Set(blinded).size).toBe(20);
});

test('an answer by another key than the published one is refused, and so is a proof of something else', () => {
  const question = askForIndex(PASSPORT);
  const right = evaluateBlinded(KEY, question.blinded);
  const other = evaluateBlinded(KEY, askForIndex(PASSPORT).blinded);
  const wrong = new BlindIndexError('another-key');
  expect(() => question.finish(evaluateBlinded(OTHER_KEY, question.blinded), publicIndexKey(KEY))).toThrow(wrong);
  expect(() => question.finish({ ...right, proof: other.proof }, publicIndexKey(KEY))).toThrow(wrong);
  expect(() => question.finish({ ...right, evaluated: other.evaluated }, publicIndexKey(KEY))).toThrow(wrong);
  expect(question.finish(right, publicIndexKey(KEY))).toBe(indexOf());
});

test.each([
  ['no element', toBase64Url(new Uint8Array(32).fill(255))],
  // RFC 9497, section 3.3: the identity tells an attacker about the key, so it is never evaluated.
  ['the identity', toBase64Url(new Uint8Array(32))],
  ['too short', 'AAAA'],
  ['no base64', '!'],
])('what is %s is not evaluated', (_, blinded) => {
  expect(() => evaluateBlinded(KEY, blinded)).toThrow(new BlindIndexError('malformed'));
});
