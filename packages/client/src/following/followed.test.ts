import { PublicAccount } from '@byline/protocol/byline/accounts.ts';
import { expect, it } from 'vitest';
import type { Post } from '../posts/post.ts';
import { followedOf } from './followed.ts';

const account = (handle: string, muted = false): PublicAccount =>
  PublicAccount.parse({
    account_id: handle,
    handle,
    user_id: `@${handle}:byline.test`,
    room_id: `!${handle}`,
    name: handle.toUpperCase(),
    description: '',
    picture: null,
    qualification: null,
    subscribers: 0,
    subscription: { muted },
  });
const post = (publishedAt: number): Post => ({
  id: `$${publishedAt}`,
  publishedAt,
  body: { kind: 'text', plain: '' },
  url: '',
});

it('has the account that published last first, and the silent ones last by name', () => {
  const newest = new Map([
    ['clinic', post(1)],
    ['harbour', post(9)],
  ]);
  const followed = followedOf(
    ['silent', 'clinic', 'quiet', 'harbour'].map((handle) => account(handle)),
    ({ handle }) => ({
      newest: newest.get(handle),
      isUnread: false,
    }),
  );
  expect(followed.map((each) => each.account.handle)).toEqual(['harbour', 'clinic', 'quiet', 'silent']);
});

it('does not point at what is muted', () => {
  const followed = followedOf([account('loud'), account('muted', true)], () => ({ newest: post(1), isUnread: true }));
  expect(followed.map(({ isMuted, isUnread }) => [isMuted, isUnread])).toEqual([
    [false, true],
    [true, false],
  ]);
});

it('shows an account whose room has not come yet', () => {
  expect(followedOf([account('new')], () => undefined)).toMatchObject([{ newest: undefined, isUnread: false }]);
});
