import type { Account } from '../account.ts';
import type { Post } from '../posts.ts';
import { type Html, xml } from './html.ts';
import { faceOf, pathOf, pathOfPost, type Setting } from './layout.ts';
import { headlineOf, mediaUrlOf, postMarkup } from './post-markup.ts';

/** What XML 1.0 can't hold, not even escaped. */
const UNWRITABLE = /[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]|\p{Cs}/gu;

/** An account's newest posts as an Atom feed (RFC 4287). */
export const feedOf = (setting: Setting, account: Account, posts: readonly Post[]): string => {
  const { publicUrl, language } = setting;
  const url = `${publicUrl}${pathOf(account)}`;
  const face = faceOf(setting, account, 400);
  const updated = Math.max(account.createdAt, ...posts.map((post) => post.editedAt ?? post.publishedAt));
  return xml`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}" xml:base="${publicUrl}/">
<id>${url}</id>
<title>${account.name}</title>
<subtitle>${account.description}</subtitle>
<updated>${timestampOf(updated)}</updated>
<link rel="self" type="application/atom+xml" href="${url}/feed.atom"/>
<link rel="alternate" type="text/html" href="${url}"/>
${face === undefined ? undefined : xml`<logo>${face}</logo>`}
<author><name>${account.name}</name><uri>${url}</uri></author>
${posts.map((post) => entryOf(setting, account, post))}</feed>
`.text.replaceAll(UNWRITABLE, '\uFFFD');
};

const entryOf = (setting: Setting, account: Account, post: Post): Html => {
  const { publicUrl, words } = setting;
  const url = `${publicUrl}${pathOfPost(account, post)}`;
  return xml`<entry>
<id>${url}</id>
<title>${headlineOf(post.content, words)}</title>
<link rel="alternate" type="text/html" href="${url}"/>
${enclosureOf(setting, post)}
<published>${timestampOf(post.publishedAt)}</published>
<updated>${timestampOf(post.editedAt ?? post.publishedAt)}</updated>
<content type="html">${postMarkup(post.content, words).text}</content>
</entry>
`;
};

/** The file itself, so that a reader of podcasts plays a voice note. */
const enclosureOf = ({ publicUrl }: Setting, { content }: Post): Html | undefined => {
  const path = mediaUrlOf(content['url']);
  if (path === undefined) return undefined;
  const { mimetype, size } = (content['info'] ?? {}) as { readonly mimetype?: unknown; readonly size?: unknown };
  const type = typeof mimetype === 'string' ? xml` type="${mimetype}"` : undefined;
  const length = typeof size === 'number' ? xml` length="${size}"` : undefined;
  return xml`<link rel="enclosure" href="${publicUrl}${path}"${type}${length}/>`;
};

const timestampOf = (at: number): string => new Date(at).toISOString();
