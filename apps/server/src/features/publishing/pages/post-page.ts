import type { Qualification } from '@byline/protocol/byline/accounts.ts';
import type { Account } from '../account.ts';
import type { Post } from '../posts.ts';
import { html } from './html.ts';
import { articleOf, faceOf, pageOf, pathOf, pathOfPost, type Setting, verifiedMarkup } from './layout.ts';
import { headlineOf, mediaUrlOf, SMALLER } from './post-markup.ts';

export interface PostShown {
  readonly account: Account;
  readonly qualification: Qualification | null;
  readonly post: Post;
}

/** A post as a page of its own, with what others show where somebody refers to it. */
export const postPageOf = (setting: Setting, { account, qualification, post }: PostShown): string => {
  const { publicUrl, words } = setting;
  const { content } = post;
  const url = `${publicUrl}${pathOfPost(account, post)}`;
  const headline = headlineOf(content, words);
  const file = mediaUrlOf(content['url']);
  const whole = (kind: string, query = ''): string | undefined =>
    content['msgtype'] === kind && file !== undefined ? `${publicUrl}${file}${query}` : undefined;
  return pageOf(setting, {
    title: `${headline} – ${account.name}`,
    description: headlineOf(content, words, 300),
    url,
    feed: `${pathOf(account)}/feed.atom`,
    openGraph: {
      'og:type': 'article',
      'og:title': account.name,
      'og:description': headlineOf(content, words, 300),
      'og:url': url,
      'og:image': whole('m.image', SMALLER) ?? faceOf(setting, account, 400),
      'og:audio': whole('m.audio'),
      'og:video': whole('m.video'),
      'article:published_time': new Date(post.publishedAt).toISOString(),
      'article:modified_time': post.editedAt === undefined ? undefined : new Date(post.editedAt).toISOString(),
      'article:author': `${publicUrl}${pathOf(account)}`,
    },
    body: html`<header class="masthead of-post">
        <h1>
          <a href="${pathOf(account)}"><bdi>${account.name}</bdi></a>
        </h1>
        ${qualification === null ? undefined : verifiedMarkup(setting, qualification)}
      </header>
      ${articleOf(setting, post, undefined)}
      <p class="small ways"><a href="${pathOf(account)}">${words.allPosts(account.name)}</a></p>`,
  });
};
