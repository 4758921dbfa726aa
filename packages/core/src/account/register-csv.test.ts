import type { RegisterEntry } from '@byline/protocol/byline/register.ts';
import { expect, it, test } from 'vitest';
import { REGISTER_HEADER, registerLine } from './register-csv.ts';

const ENTRY: RegisterEntry = {
  name: 'City Hall',
  handle: 'city-hall',
  kind: 'government',
  category: 'public-services',
  label: null,
  since: '2026-11-23T12:00:00.000Z',
};
const nameCell = (name: string): string =>
  registerLine({ ...ENTRY, name }).replace(/,city-hall,government,public-services,,2026-11-23T12:00:00.000Z\r\n$/, '');

test('a line has as many cells as the header', () => {
  expect(REGISTER_HEADER).toBe('name,handle,kind,category,label,since\r\n');
  expect(registerLine({ ...ENTRY, label: 'news' })).toBe(
    'City Hall,city-hall,government,public-services,news,2026-11-23T12:00:00.000Z\r\n',
  );
});

it.each([
  ['City Hall', 'City Hall'],
  ['Hall, City', '"Hall, City"'],
  ['The "Hall"', '"The ""Hall"""'],
  ['two\nlines', '"two\nlines"'],
  ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
  ['+1', `"'+1"`],
  ['-1', `"'-1"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  ['\t=1', `"'\t=1"`],
  ['\r=1', `"'\r=1"`],
  ['a=1', 'a=1'],
  ['市政厅', '市政厅'],
])('%j is written %j', (name, expected) => expect(nameCell(name)).toBe(expected));
