import type { Qualification } from '@byline/protocol/byline/accounts.ts';
import { LABELS } from '@byline/protocol/byline/labels.ts';
import type { Language } from '@byline/protocol/byline/rules.ts';
import type { Account } from '../account.ts';
import type { Post } from '../posts.ts';
import { Html, html } from './html.ts';
import { mediaUrlOf, postMarkup } from './post-markup.ts';
import { sealOf } from './seal.ts';
import { STYLE } from './style.ts';
import type { Words } from './words.ts';

/** What every page is made with. */
export interface Setting {
  readonly language: Language;
  readonly words: Words;
  readonly publicUrl: string;
  readonly serverName: string;
}

/** What others show of a page where somebody refers to it (the Open Graph protocol). */
export type OpenGraph = Readonly<Record<string, string | undefined>>;

export interface PageParts {
  readonly title: string;
  readonly description?: string;
  /** The page's own address. */
  readonly url?: string;
  readonly openGraph?: OpenGraph;
  /** The path of a feed. */
  readonly feed?: string;
  readonly body: Html;
}

/** Made apart from the page, because the policy allows exactly this text and no other. */
const STYLE_ELEMENT = new Html(`<style>${STYLE}</style>`);

/** A whole page. */
export const pageOf = (
  setting: Setting,
  { title, description, url, openGraph = {}, feed, body }: PageParts,
): string => {
  const { language, words, serverName } = setting;
  const graph = { ...openGraph, 'og:locale': language === 'en' ? 'en_GB' : 'zh_CN', 'og:site_name': serverName };
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        ${description === undefined ? undefined : html`<meta name="description" content="${description}" />`}
        ${url === undefined ? html`<meta name="robots" content="noindex" />` : html`<link rel="canonical" href="${url}" />`}
        ${feed === undefined ? undefined : html`<link rel="alternate" type="application/atom+xml" href="${feed}" />`}
        ${url === undefined ? undefined : metaOf(graph)} ${STYLE_ELEMENT}
      </head>
      <body>
        <main>${body}</main>
        <footer><p class="small">${words.servedBy(serverName)}</p></footer>
      </body>
    </html> `.text;
};

const metaOf = (graph: OpenGraph): Html[] =>
  Object.entries(graph).flatMap(([property, content]) =>
    content === undefined ? [] : [html`<meta property="${property}" content="${content}" />`],
  );

/** An account's picture, whole address; `undefined`: it has none. */
export const faceOf = (
  { publicUrl }: Setting,
  { picture }: Pick<Account, 'picture'>,
  pixels: number,
): string | undefined => {
  const path = mediaUrlOf(picture, `?width=${pixels}&height=${pixels}&method=crop`);
  return path === undefined ? undefined : `${publicUrl}${path}`;
};

/** The seal and its meaning, behind a press that needs no script. Never shown for who is not verified. */
export const verifiedMarkup = (
  { language, words }: Setting,
  { kind, label, verified_since, expires }: Qualification,
): Html =>
  html`<details class="verified">
    <summary>${sealOf(kind)}<span>${words.kinds[kind]}</span></summary>
    <div class="meaning">
      <p>${words.checked[kind]}</p>
      <dl>
        <dt>${words.verifiedSince}</dt>
        <dd>${dateOf(verified_since, language)}</dd>
        <dt>${words.holdsUntil}</dt>
        <dd>${dateOf(expires, language)}</dd>
        ${
          label === null
            ? undefined
            : html`<dt>${words.label}</dt>
                <dd>${LABELS[label].texts[language].name}<br />${LABELS[label].texts[language].means}</dd>`
        }
      </dl>
      <p>${words.sealed}</p>
    </div>
  </details>`;

/** A post with when it was published; `linked`: where it can be read alone. */
export const articleOf = ({ language, words }: Setting, post: Post, linked: string | undefined): Html => {
  const [at, exactly] = [timeOf(post.publishedAt, language), new Date(post.publishedAt).toISOString()];
  const time = html`<time datetime="${exactly}">${at}</time>`;
  const changed = post.editedAt === undefined ? undefined : html` · ${words.changed}`;
  return html`<article>
    <p class="small when">${linked === undefined ? time : html`<a href="${linked}">${time}</a>`}${changed}</p>
    ${postMarkup(post.content, words)}
  </article>`;
};

export const pathOf = ({ handle }: Pick<Account, 'handle'>): string => `/@${handle}`;
export const pathOfPost = (account: Pick<Account, 'handle'>, { eventId }: Pick<Post, 'eventId'>): string =>
  `${pathOf(account)}/${eventId.slice(1)}`;

/** How dates are written where the page's language is read. */
const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', 'zh-Hans': 'zh-Hans-CN' };

// The server does not know where a reader is, so it says which time it gives.
const timeOf = (at: number, language: Language): string =>
  new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
    .format(at)
    .concat(' UTC');

export const dateOf = (at: number, language: Language): string =>
  new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'long', timeZone: 'UTC' }).format(at);
