import { expect, test } from 'vitest';
import { countsText, liesOf, readRows } from './table.ts';

const SYNC = { module: 'Events', method: 'GET', path: '/sync', isDeprecated: false };
const SEARCH = { module: 'Search', method: 'POST', path: '/search/{what}', isDeprecated: false };

const documentOf = (sync: string, search: string): string =>
  [
    '# Conformance',
    '',
    '## Events',
    '',
    '| operation | state | why |',
    '| --- | --- | --- |',
    sync,
    '## Search',
    search,
  ].join('\n');

const DONE = '| `GET /sync` | done | |';
const LATER = '| `POST /search/{what}`  | not yet | nobody has asked |';

const lies = (markdown: string, ...served: readonly string[]): string[] =>
  liesOf(readRows(markdown), [SYNC, SEARCH], new Set(served));

test('a true table has no lies, and can be counted', () => {
  const markdown = documentOf(DONE, LATER);
  expect(lies(markdown, 'GET /sync')).toEqual([]);
  expect(countsText(readRows(markdown))).toBe('1 done, 0 not applicable without federation, 1 not yet');
});

test.each([
  ['missing', documentOf(DONE, ''), ['Search: POST /search/{what} is missing']],
  [
    'said to be done',
    documentOf(DONE, '| `POST /search/{what}` | done | |'),
    ['Search: POST /search/{what} is said to be done, and the server does not know it'],
  ],
  [
    'without a reason',
    documentOf(DONE, '| `POST /search/{what}` | not yet | |'),
    ['Search: POST /search/{what} does not say why'],
  ],
  [
    'of an unknown state',
    documentOf(DONE, '| `POST /search/{what}` | perhaps | who knows |'),
    ['Search: POST /search/{what}: nobody knows what "perhaps" means'],
  ],
  ['twice', documentOf(`${DONE}\n${DONE}`, LATER), Array(2).fill('Events: GET /sync stands there twice')],
  [
    'made up',
    documentOf(DONE, `${LATER}\n| \`GET /tea\` | not yet | no pot |`),
    ['Search: GET /tea is not in the specification'],
  ],
])('an operation that is %s is a lie', (_, markdown, expected) => {
  expect(lies(markdown, 'GET /sync')).toEqual(expected);
});

test('an operation that is served and said not to be is a lie', () => {
  expect(lies(documentOf(DONE, LATER), 'GET /sync', 'POST /search/{what}')).toEqual([
    'Search: POST /search/{what} is served, and said to be "not yet"',
  ]);
});

test('of two operations that share their path, one may be done without the other', () => {
  const byMail = { ...SYNC, module: 'By mail' };
  const markdown = `${documentOf(DONE, LATER)}\n## By mail\n| \`GET /sync\` | not yet | no mail is sent |`;
  const operations = [SYNC, SEARCH, byMail];
  expect(liesOf(readRows(markdown), operations, new Set(['GET /sync']))).toEqual([]);
});
