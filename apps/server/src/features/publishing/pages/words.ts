import type { SubjectKind } from '@byline/protocol/byline/identity.ts';
import { LANGUAGES, type Language } from '@byline/protocol/byline/rules.ts';

/** What the public pages say, in one language. */
export interface Words {
  readonly kinds: Readonly<Record<SubjectKind, string>>;
  readonly checked: Readonly<Record<SubjectKind, string>>;
  readonly verifiedSince: string;
  readonly holdsUntil: string;
  readonly label: string;
  readonly sealed: string;
  readonly lapsed: (since: string) => string;
  readonly followers: (count: string) => string;
  readonly fewFollowers: string;
  readonly follow: string;
  readonly feed: string;
  readonly posts: string;
  readonly noPosts: string;
  readonly older: string;
  readonly newest: string;
  readonly allPosts: (name: string) => string;
  readonly changed: string;
  readonly picture: string;
  readonly film: string;
  readonly voiceNote: (length: string) => string;
  readonly sound: string;
  readonly download: (name: string, size: string) => string;
  readonly servedBy: (server: string) => string;
  readonly notFound: string;
  readonly noAccount: string;
  readonly noPost: string;
}

const ENGLISH: Words = {
  kinds: {
    individual: 'Verified person',
    company: 'Verified company',
    media: 'Verified media',
    government: 'Verified public authority',
    other: 'Verified organisation',
  },
  checked: {
    individual: 'A reviewer of this provider looked at the identity document of the person who speaks here.',
    company: 'A reviewer of this provider looked at the papers of the company that speaks here.',
    media: 'A reviewer of this provider looked at the papers of the news medium that speaks here.',
    government: 'A reviewer of this provider looked at the papers of the public authority that speaks here.',
    other: 'A reviewer of this provider looked at the papers of the organisation that speaks here.',
  },
  verifiedSince: 'Verified since',
  holdsUntil: 'Holds until',
  label: 'Label',
  sealed:
    'The document itself was deleted after the check, and the name in it stays sealed. The seal cannot be bought, and it says nothing about whether a post is right.',
  lapsed: (since) =>
    `The verification of this account ran out on ${since}. It publishes nothing until it is verified again.`,
  followers: (count) => `About ${count} followers`,
  fewFollowers: 'Fewer than ten followers',
  follow: 'Follow in Byline',
  feed: 'Feed',
  posts: 'Posts',
  noPosts: 'Nothing published yet. When this account publishes something, it will stand here.',
  older: 'Older posts',
  newest: 'Newest posts',
  allPosts: (name) => `All posts of ${name}`,
  changed: 'changed',
  picture: 'Picture',
  film: 'Film',
  voiceNote: (length) => `Voice note, ${length}`,
  sound: 'Sound',
  download: (name, size) => `Download ${name} (${size})`,
  servedBy: (server) => `A public account at ${server}, by Byline`,
  notFound: 'Not found',
  noAccount: 'There is no such account here. The address may be mistyped, or the account was never verified.',
  noPost: 'This post is not there any more. Whoever published it has deleted it, or the address is mistyped.',
};

const CHINESE: Words = {
  kinds: {
    individual: '已核实的个人',
    company: '已核实的企业',
    media: '已核实的媒体',
    government: '已核实的政府机构',
    other: '已核实的组织',
  },
  checked: {
    individual: '本服务商的审核员查看了发言者本人的身份证件。',
    company: '本服务商的审核员查看了该企业的证照。',
    media: '本服务商的审核员查看了该媒体的证照。',
    government: '本服务商的审核员查看了该政府机构的公文。',
    other: '本服务商的审核员查看了该组织的证明文件。',
  },
  verifiedSince: '核实时间',
  holdsUntil: '有效期至',
  label: '标注',
  sealed: '核实之后，证件已删除，上面的姓名一直密封保存。印章无法购买，也不代表内容一定正确。',
  lapsed: (since) => `这个账号的核实已于${since}到期，重新核实之前不会发布内容。`,
  followers: (count) => `约 ${count} 人关注`,
  fewFollowers: '关注者不到十人',
  follow: '在 Byline 中关注',
  feed: '订阅源',
  posts: '发布的内容',
  noPosts: '还没有发布内容。这个账号发布的内容会出现在这里。',
  older: '更早的内容',
  newest: '最新的内容',
  allPosts: (name) => `${name}的全部内容`,
  changed: '已修改',
  picture: '图片',
  film: '视频',
  voiceNote: (length) => `语音，${length}`,
  sound: '音频',
  download: (name, size) => `下载 ${name}（${size}）`,
  servedBy: (server) => `${server} 上的公开账号，由 Byline 提供`,
  notFound: '找不到',
  noAccount: '这里没有这个账号。网址可能有误，或者该账号从未通过核实。',
  noPost: '这条内容已不存在。可能已被发布者删除，或者网址有误。',
};

export const WORDS: Readonly<Record<Language, Words>> = { en: ENGLISH, 'zh-Hans': CHINESE };

/** The language that a reader prefers, of those in which Byline speaks (RFC 9110, section 12.5.4). */
export const languageOf = (accepted: string | undefined): Language => {
  const wishes = (accepted ?? '').split(',').map(wishOf);
  const [best] = wishes
    .filter(({ language }) => language !== undefined)
    .toSorted((one, other) => other.weight - one.weight);
  return best !== undefined && best.weight > 0 ? (best.language ?? LANGUAGES[0]) : LANGUAGES[0];
};

const wishOf = (wish: string): { readonly language: Language | undefined; readonly weight: number } => {
  const [range = '', ...parameters] = wish.split(';').map((part) => part.trim());
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  const [primary] = range.toLowerCase().split('-');
  const language = primary === 'zh' ? 'zh-Hans' : primary === 'en' ? 'en' : undefined;
  return { language, weight: weight === undefined ? 1 : Number(weight) || 0 };
};
