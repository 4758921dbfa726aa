import { expect, test } from 'vitest';
import { contentDisposition } from './content-disposition.ts';

const TABLE: readonly (readonly [contentType: string, fileName: string | undefined, header: string])[] = [
  ['image/png', undefined, 'inline'],
  ['image/png', '', 'inline'],
  ['IMAGE/PNG', 'cat.png', 'inline; filename="cat.png"'],
  ['audio/ogg; codecs=opus', 'voice note.ogg', 'inline; filename="voice note.ogg"'],
  ['text/plain;charset=utf-8', undefined, 'inline'],
  ['text/html', 'page.html', 'attachment; filename="page.html"'],
  ['image/svg+xml', undefined, 'attachment'],
  ['application/pdf', undefined, 'attachment'],
  ['application/octet-stream', undefined, 'attachment'],
  ['image/png/../html', undefined, 'attachment'],
  ['image/png', 'a"b\\c.png', String.raw`inline; filename="a\"b\\c.png"`],
  ['image/png', '50%.png', "inline; filename*=UTF-8''50%25.png"],
  ['image/png', '猫 (1).png', "inline; filename*=UTF-8''%E7%8C%AB%20%281%29.png"],
  ['image/png', 'a\r\nset-cookie: b', "inline; filename*=UTF-8''a%0D%0Aset-cookie%3A%20b"],
  ['image/png', 'half \uD83D', "inline; filename*=UTF-8''half%20%EF%BF%BD"],
];

test.each(TABLE)('%s named %j', (contentType, fileName, header) => {
  expect(contentDisposition(contentType, fileName)).toBe(header);
});
