import { describe, expect, it } from 'vitest';
import { type Post, withChange, withPosts } from './post.ts';

const post = (id: string, publishedAt: number, text = id, editedAt?: number): Post => ({
  id,
  publishedAt,
  ...(editedAt !== undefined && { editedAt }),
  body: { kind: 'text', plain: text },
  url: `https://byline.test/@harbour/${id}`,
});
const ids = (posts: readonly Post[]) => posts.map(({ id }) => id);
const told = [post('c', 3), post('b', 2), post('a', 1)];

describe('withPosts', () => {
  it('keeps the newest first and each once, whatever comes twice', () => {
    expect(ids(withPosts(told, [post('d', 4), post('b', 2)]))).toEqual(['d', 'c', 'b', 'a']);
  });

  it('keeps what was changed last', () => {
    const changed = post('b', 2, 'changed', 9);
    expect(withPosts([changed], [post('b', 2)])).toEqual([changed]);
    expect(withPosts([post('b', 2)], [changed])).toEqual([changed]);
  });
});

describe('withChange', () => {
  it('puts a new post first', () => {
    expect(ids(withChange(told, { kind: 'published', post: post('d', 4) }))).toEqual(['d', 'c', 'b', 'a']);
  });

  it('changes what a post says', () => {
    const [, changed] = withChange(told, {
      kind: 'edited',
      id: 'b',
      at: 9,
      content: { msgtype: 'm.text', body: 'new' },
    });
    expect(changed).toMatchObject({ id: 'b', publishedAt: 2, editedAt: 9, body: { kind: 'text', plain: 'new' } });
  });

  it('does not go back to an older change', () => {
    const posts = [post('b', 2, 'newest', 9)];
    const older = withChange(posts, { kind: 'edited', id: 'b', at: 5, content: { body: 'older' } });
    expect(older).toEqual(posts);
  });

  it('takes away what was deleted', () => {
    expect(ids(withChange(told, { kind: 'deleted', id: 'b' }))).toEqual(['c', 'a']);
  });

  it('leaves the list as it is when a change is of none of it', () => {
    expect(withChange(told, { kind: 'deleted', id: 'z' })).toBe(told);
    expect(withChange(told, { kind: 'edited', id: 'z', at: 1, content: {} })).toBe(told);
  });
});
