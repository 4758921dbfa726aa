import { getPublicMedia } from '@byline/protocol/byline/public-media.ts';
import { setTag } from '@byline/protocol/matrix/tags.ts';
import { whoAmI } from '@byline/protocol/matrix/account.ts';
import { expect, it } from 'vitest';
import { pathOf } from './request.ts';

it.each([
  ['nothing to fill in', pathOf(whoAmI), '/_matrix/client/v3/account/whoami'],
  [
    'parameters are escaped',
    pathOf(setTag, { params: { userId: '@a/b:c', roomId: '!r?', tag: 'u.ä' } }),
    '/_matrix/client/v3/user/%40a%2Fb%3Ac/rooms/!r%3F/tags/u.%C3%A4',
  ],
  [
    'a query says what is there, and nothing of what is not',
    pathOf(getPublicMedia, { params: { mediaId: 'm' }, query: { width: 40, height: undefined, method: 'a b' } }),
    '/_byline/v1/media/m?width=40&method=a+b',
  ],
])('%s', (_, path, expected) => expect(path).toBe(expected));
