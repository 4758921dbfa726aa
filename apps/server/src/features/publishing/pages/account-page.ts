import type { Qualification } from '@byline/protocol/byline/accounts.ts';
import type { Account } from '../account.ts';
import type { Post } from '../posts.ts';
import { html } from './html.ts';
import { articleOf, dateOf, faceOf, pageOf, pathOf, pathOfPost, type Setting, verifiedMarkup } from './layout.ts';

export interface AccountShown {
  readonly account: Account;
  /** `null`: it may not publish now, so it carries no seal. */
  readonly qualification: Qualification | null;
  /** When its verification ends or has ended; `undefined`: it was never verified. */
  readonly end: number | undefined;
  readonly subscribers: number;
  readonly posts: readonly Post[];
  /** The place of older posts. */
  readonly next: string | undefined;
  /** Whether these are the newest. */
  readonly isFirst: boolean;
}

/** A public account as a page: who speaks, what was verified, what was said. */
export const accountPageOf = (setting: Setting, shown: AccountShown): string => {
  const { account, posts } = shown;
  const { words, publicUrl } = setting;
  const url = `${publicUrl}${pathOf(account)}`;
  const listed = posts.map((post) => articleOf(setting, post, pathOfPost(account, post)));
  return pageOf(setting, {
    title: `${account.name} (@${account.handle})`,
    description: account.description,
    url,
    feed: `${pathOf(account)}/feed.atom`,
    openGraph: {
      'og:type': 'profile',
      'og:title': account.name,
      'og:description': account.description,
      'og:url': url,
      'og:image': faceOf(setting, account, 400),
      'profile:username': account.handle,
    },
    body: html`${mastheadOf(setting, shown)}
      <h2 class="heading">${words.posts}</h2>
      ${listed.length === 0 ? html`<p class="empty">${words.noPosts}</p>` : listed} ${pagesOf(setting, shown)}`,
  });
};

const mastheadOf = (setting: Setting, { account, qualification, end, subscribers }: AccountShown) => {
  const { language, words } = setting;
  const face = faceOf(setting, account, 144);
  const count = new Intl.NumberFormat(language).format(subscribers);
  const lapsed = qualification === null ? end : undefined;
  return html`<header class="masthead">
    ${face === undefined ? undefined : html`<img class="face" src="${new URL(face).pathname}${new URL(face).search}" alt="" />`}
    <h1><bdi>${account.name}</bdi></h1>
    ${qualification === null ? undefined : verifiedMarkup(setting, qualification)}
    ${lapsed === undefined ? undefined : html`<p class="small">${words.lapsed(dateOf(lapsed, language))}</p>`}
    <p>${account.description}</p>
    <p class="small">@${account.handle} · ${subscribers === 0 ? words.fewFollowers : words.followers(count)}</p>
    <p class="small ways">
      <a href="/discover/${account.handle}">${words.follow}</a> <a href="${pathOf(account)}/feed.atom">${words.feed}</a>
    </p>
  </header>`;
};

const pagesOf = ({ words }: Setting, { account, next, isFirst }: AccountShown) => {
  if (next === undefined && isFirst) return undefined;
  const path = pathOf(account);
  const older = next === undefined ? undefined : html`<a href="${path}?from=${next}" rel="next">${words.older}</a>`;
  const newest = isFirst ? undefined : html`<a href="${path}">${words.newest}</a>`;
  return html`<nav class="small ways pages">${older} ${newest}</nav>`;
};
