import type { DocumentKind } from '@byline/protocol/byline/identity.ts';
import { expect, test } from 'vitest';
import { canonicalNumber } from './document-number.ts';

const number = (document_number: string, document_kind: DocumentKind = 'passport', country = 'NL') =>
  canonicalNumber({ country, document_kind, document_number });

test.each<[string, string, DocumentKind, string]>([
  // What is typed, what it is, the document, the country.
  ['NX4417', 'NX4417', 'passport', 'NL'],
  ['  nx 4417 ', 'NX4417', 'passport', 'NL'],
  ['nx-44-17', 'NX4417', 'passport', 'NL'],
  ['NX–44—17', 'NX4417', 'passport', 'NL'],
  ['NX\u00AD44\u200B17\uFEFF', 'NX4417', 'passport', 'NL'],
  ['NX\u00A0\u3000\u20094417', 'NX4417', 'passport', 'NL'],
  ['NX.4417<<<', 'NX4417', 'passport', 'NL'],
  ['№ NX4417', 'NX4417', 'passport', 'NL'],
  ['NX４４１７', 'NX4417', 'passport', 'NL'],
  ['ｎｘ４４１７', 'NX4417', 'passport', 'NL'],
  ['A٠١٢٣٤٥٦٧٨٩', 'A0123456789', 'passport', 'EG'],
  ['A۰۱۲۳۴۵۶۷۸۹', 'A0123456789', 'passport', 'IR'],
  ['A०१२३४५६७८९', 'A0123456789', 'identity-card', 'IN'],
  ['๐๑๒๓๔๕๖๗๘๙', '0123456789', 'identity-card', 'TH'],
  ['0012345', '0012345', 'identity-card', 'NL'],
  ['АВ 123456', 'AB123456', 'passport', 'UA'],
  ['ΑΚ 123456', 'AK123456', 'identity-card', 'GR'],
  ['straße 1', 'STRASSE1', 'passport', 'DE'],
  ['900101/1234', '9001011234', 'identity-card', 'CZ'],
  ['11010519491231002x', '11010519491231002X', 'identity-card', 'CN'],
  ['１１０１０５ １９４９１２３１ ００２ｘ', '11010519491231002X', 'identity-card', 'CN'],
  ['11010519491231002Ⅹ', '11010519491231002X', 'identity-card', 'CN'],
  ['11010519491231002х', '11010519491231002X', 'identity-card', 'CN'],
  ['110105491231002', '11010519491231002X', 'identity-card', 'CN'],
  ['110105491231002', '110105491231002', 'identity-card', 'NL'],
  ['9135O1OOM000100Y43', '91350100M000100Y43', 'business-licence', 'CN'],
  ['9135O1OOM000100Y43', '9135O1OOM000100Y43', 'business-licence', 'NL'],
  ['HRB 12/3 b', 'HRB12/3B', 'register-extract', 'DE'],
  ['（京）字第 0012 号', '京-字第-0012', 'press-licence', 'CN'],
  ['第 0012 号', '0012', 'press-licence', 'CN'],
  ['粤府函〔2026〕118号', '粤府函-2026-118', 'official-letter', 'CN'],
  ['粤府函 [2026] 118 号 ', '粤府函-2026-118', 'official-letter', 'CN'],
  ['OL-2026/118', 'OL-2026-118', 'official-letter', 'NL'],
  ['ol 2026 118', 'OL-2026-118', 'official-letter', 'NL'],
  [' -- ', '', 'passport', 'NL'],
])('%s is %s (%s, %s)', (typed, canonical, kind, country) => {
  expect(number(typed, kind, country)).toBe(canonical);
  // Once is enough.
  expect(number(canonical, kind, country)).toBe(canonical);
});

test.each<[string, string, DocumentKind, string]>([
  ['NX4417', 'NX4418', 'passport', 'NL'],
  ['0044', '44', 'passport', 'NL'],
  ['O123', '0123', 'passport', 'NL'],
  ['HRB 12/3', 'HRB 1/23', 'register-extract', 'DE'],
  ['OL-2026-118', 'OL-20261-18', 'official-letter', 'NL'],
  ['11010519491231002X', '110105194912310021', 'identity-card', 'CN'],
  ['110105491231002', '110105491231003', 'identity-card', 'CN'],
])('%s and %s are two numbers (%s, %s)', (one, other, kind, country) => {
  expect(number(one, kind, country)).not.toBe(number(other, kind, country));
});
