import { escapeText, Html } from './html.ts';

/**
 * What is shown of formatted text (specification, client-server API: "m.room.message msgtypes"): the marks of text, and
 * no other. Headings begin below those of the page.
 */
const SHOWN: ReadonlyMap<string, string> = new Map([
  ...['a', 'b', 'strong', 'i', 'em', 'u', 's', 'del', 'sub', 'sup', 'code', 'pre', 'p', 'br', 'hr'].map(same),
  ...['blockquote', 'ul', 'ol', 'li'].map(same),
  ['h1', 'h3'],
  ['h2', 'h4'],
  ['h3', 'h5'],
  ['h4', 'h6'],
  ['h5', 'h6'],
  ['h6', 'h6'],
]);

function same(name: string): [string, string] {
  return [name, name];
}

/** Elements without content. */
const VOID: ReadonlySet<string> = new Set(['br', 'hr']);

/** Elements whose content is no text for readers; it goes with them. */
const DROPPED: ReadonlySet<string> = new Set([
  'script',
  'style',
  'title',
  'textarea',
  'template',
  'noscript',
  'iframe',
  'object',
  'svg',
  'math',
  'mx-reply',
]);

const SCHEMES: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);
/** A tag that is longer is taken for text, so that no text takes long to read. */
const LONGEST_TAG = 2_048;
const DEEPEST = 100;

/**
 * Formatted text as it may be shown: built anew from what is known to be harmless, never cleaned of what is known to harm.
 * All tags are closed, all text is escaped; what is not known leaves its text and no more.
 */
export const sanitise = (formatted: string): Html => {
  const open: string[] = [];
  let markup = '';
  let at = 0;
  while (at < formatted.length) {
    const next = formatted.indexOf('<', at);
    const end = next === -1 ? formatted.length : next;
    markup += textOf(formatted.slice(at, end));
    if (next === -1) break;
    const comment = commentEnd(formatted, next);
    const tag = comment === undefined ? tagAt(formatted, next) : undefined;
    if (tag !== undefined) markup += tag.closing ? close(open, tag.name) : begin(open, tag);
    else if (comment === undefined) markup += '&lt;';
    at = comment ?? (tag === undefined ? next + 1 : afterTag(formatted, tag));
  }
  return new Html(markup + closeAll(open, 0));
};

interface Tag {
  readonly name: string;
  readonly closing: boolean;
  readonly attributes: string;
  /** Where what follows begins. */
  readonly end: number;
}

const tagAt = (text: string, start: number): Tag | undefined => {
  const [head, slash, name] = /^<(\/?)([a-zA-Z][a-zA-Z0-9-]*)/.exec(text.slice(start, start + 64)) ?? [];
  if (head === undefined || name === undefined) return undefined;
  const begin = start + head.length;
  const end = tagEnd(text, begin);
  if (end === undefined) return undefined;
  return { name: name.toLowerCase(), closing: slash === '/', attributes: text.slice(begin, end), end: end + 1 };
};

/** Where a tag's `>` stands: the first that is in no quotes. */
const tagEnd = (text: string, begin: number): number | undefined => {
  let quote = '';
  for (let at = begin; at < text.length && at - begin < LONGEST_TAG; at += 1) {
    const character = text.charAt(at);
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '>') return at;
    else if (character === '"' || character === "'") quote = character;
  }
  return undefined;
};

/** The end of a comment, a document type or an instruction, if one begins there. */
const commentEnd = (text: string, start: number): number | undefined => {
  const second = text.charAt(start + 1);
  if (second !== '!' && second !== '?') return undefined;
  const mark = text.startsWith('<!--', start) ? '-->' : '>';
  const end = text.indexOf(mark, start + 2);
  return end === -1 ? text.length : end + mark.length;
};

const afterTag = (text: string, { name, closing, end }: Tag): number => {
  if (closing || !DROPPED.has(name)) return end;
  const closed = new RegExp(`</${name}`, 'gi');
  closed.lastIndex = end;
  return closed.exec(text)?.index ?? text.length;
};

const begin = (open: string[], { name, attributes }: Tag): string => {
  const shown = SHOWN.get(name);
  if (shown === undefined) return '';
  if (VOID.has(shown)) return `<${shown}>`;
  if (open.length >= DEEPEST) return '';
  const address = shown === 'a' ? addressIn(attributes) : undefined;
  if (shown === 'a' && address === undefined) return '';
  open.push(shown);
  return address === undefined ? `<${shown}>` : `<a href="${escapeText(address)}" rel="nofollow noopener ugc">`;
};

/** Closes what is open since the element, and the element; one that is not open can't be closed. */
const close = (open: string[], name: string): string => {
  const shown = SHOWN.get(name);
  const index = shown === undefined ? -1 : open.lastIndexOf(shown);
  return index === -1 ? '' : closeAll(open, index);
};

const closeAll = (open: string[], from: number): string =>
  open
    .splice(from)
    .toReversed()
    .map((name) => `</${name}>`)
    .join('');

const ATTRIBUTE = /([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

/** Where a link leads, if it leads somewhere harmless. */
const addressIn = (attributes: string): string | undefined => {
  const [, , doubly, singly, bare] =
    attributes.matchAll(ATTRIBUTE).find(([, name]) => name?.toLowerCase() === 'href') ?? [];
  const address = doubly ?? singly ?? bare;
  return address === undefined ? undefined : harmlessAddress(decoded(address));
};

/** An absolute address that a reader may be led to, as browsers understand it; `undefined` for any other. */
export const harmlessAddress = (address: string): string | undefined => {
  const url = URL.parse(address.trim());
  return url !== null && SCHEMES.has(url.protocol) ? url.href : undefined;
};

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** An attribute's value with its entities resolved; what is left of them can't be part of a harmless address. */
const decoded = (value: string): string =>
  value.replaceAll(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-z]{2,4}));?/g, (entity, decimal, hexadecimal, name) => {
    if (name !== undefined) return NAMED[String(name)] ?? entity;
    const code = decimal === undefined ? Number.parseInt(String(hexadecimal), 16) : Number(decimal);
    return code <= 0x10_ffff ? String.fromCodePoint(code) : '';
  });

const ENTITY = /&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});/g;

/** Text between tags: its entities stay what they are, everything else is escaped. */
const textOf = (text: string): string => {
  let escaped = '';
  let at = 0;
  for (const { 0: entity, index } of text.matchAll(ENTITY)) {
    escaped += escapeText(text.slice(at, index)) + entity;
    at = index + entity.length;
  }
  return escaped + escapeText(text.slice(at));
};
