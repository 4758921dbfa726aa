import { isJsonObject } from '@byline/core/json.ts';
import { type Json, type JsonObject, MxcUri } from '@byline/protocol';
import { escapeText, Html, html } from './html.ts';
import { harmlessAddress, sanitise } from './sanitise.ts';
import type { Words } from './words.ts';

/** A post's words, or for one that has none what it is, in one line of at most so many characters. */
export const headlineOf = (content: JsonObject, words: Words, longest = 80): string => {
  const [line = ''] = bodyOf(content).trim().split('\n');
  const headline = NAMES.get(kindOf(content))?.(content, words) ?? line;
  const characters = Array.from(CHARACTERS.segment(headline.slice(0, 32 * longest)), ({ segment }) => segment);
  return characters.length <= longest ? headline : `${characters.slice(0, longest - 1).join('')}…`;
};

/** Characters as readers count them. */
const CHARACTERS = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

const NAMES: ReadonlyMap<string, (content: JsonObject, words: Words) => string> = new Map([
  ['m.image', (content, words) => captionOf(content) ?? words.picture],
  ['m.video', (content, words) => captionOf(content) ?? words.film],
  ['m.audio', (content, words) => soundName(content, words)],
]);

/** What a post shows. */
export const postMarkup = (content: JsonObject, words: Words): Html => {
  const url = mediaUrlOf(content['url']);
  const file = url === undefined ? undefined : FILES.get(kindOf(content));
  return file === undefined || url === undefined ? textMarkup(content) : file(content, url, words);
};

/** The address of a published file on this server; `undefined` for what is none. */
export const mediaUrlOf = (mxc: Json | undefined, query = ''): string | undefined => {
  const parsed = MxcUri.safeParse(mxc).data;
  return parsed === undefined ? undefined : `/_byline/v1/media/${parsed.split('/').at(-1)}${query}`;
};

/** A smaller copy of a published picture. */
export const SMALLER = '?width=800&height=800&method=scale';

type FileMarkup = (content: JsonObject, url: string, words: Words) => Html;

const FILES: ReadonlyMap<string, FileMarkup> = new Map<string, FileMarkup>([
  [
    'm.image',
    (content, url, words) =>
      html`<figure>
        <a href="${url}"><img src="${url}${SMALLER}" alt="${captionOf(content) ?? words.picture}" loading="lazy" /></a
        >${captionMarkup(content)}
      </figure>`,
  ],
  [
    'm.video',
    (content, url) =>
      html`<figure><video src="${url}" controls preload="none"></video>${captionMarkup(content)}</figure>`,
  ],
  [
    'm.audio',
    (content, url, words) =>
      html`<figure>
        ${waveMarkup(content)}<audio src="${url}" controls preload="none"></audio>
        <figcaption class="small">${soundName(content, words)}</figcaption>
      </figure>`,
  ],
  [
    'm.file',
    (content, url, words) =>
      html`<p class="plain"><a href="${url}">${words.download(fileNameOf(content), sizeOf(content))}</a></p>`,
  ],
]);

const textMarkup = (content: JsonObject): Html => {
  const formatted = content['formatted_body'];
  if (content['format'] === 'org.matrix.custom.html' && typeof formatted === 'string') {
    return html`<div class="formatted">${sanitise(formatted)}</div>`;
  }
  return html`<p class="plain">${linked(bodyOf(content))}</p>`;
};

/** An address in a text; a sign that ends the sentence is not part of it. */
const ADDRESS = /https?:\/\/[^\s<>"'，。；：！？、）】》]*[^\s<>"'，。；：！？、）】》.,;:!?)]/g;

/** Text with its addresses made links. */
const linked = (text: string): Html => {
  let markup = '';
  let at = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = harmlessAddress(found);
    markup += escapeText(text.slice(at, index));
    markup +=
      address === undefined
        ? escapeText(found)
        : html`<a href="${address}" rel="nofollow noopener ugc">${found}</a>`.text;
    at = index + found.length;
  }
  return new Html(markup + escapeText(text.slice(at)));
};

/** What is said of a file, unless that is only its name (specification: "Media captions"). */
const captionOf = (content: JsonObject): string | undefined => {
  const body = bodyOf(content);
  const fileName = content['filename'];
  return typeof fileName === 'string' && fileName !== body ? body : undefined;
};

const captionMarkup = (content: JsonObject): Html | undefined => {
  const caption = captionOf(content);
  return caption === undefined ? undefined : html`<figcaption>${linked(caption)}</figcaption>`;
};

const soundName = (content: JsonObject, words: Words): string => {
  const duration = numberIn(content['org.matrix.msc1767.audio'], 'duration') ?? numberIn(content['info'], 'duration');
  return duration === undefined ? words.sound : words.voiceNote(lengthOf(duration));
};

/** Minutes and seconds of milliseconds. */
const lengthOf = (milliseconds: number): string => {
  const seconds = Math.max(1, Math.round(milliseconds / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

const MOST_BARS = 72;
const LOUDEST = 1_024;

/** The waveform of a voice note (MSC1767), if it has one. */
const waveMarkup = (content: JsonObject): Html | undefined => {
  const sound = content['org.matrix.msc1767.audio'];
  const waveform =
    isJsonObject(sound) && Array.isArray(sound['waveform']) ? (sound['waveform'] as readonly Json[]) : [];
  const levels = waveform.filter((level) => typeof level === 'number');
  if (levels.length === 0) return undefined;
  const count = Math.min(MOST_BARS, levels.length);
  const bars = Array.from({ length: count }, (_, index) => {
    const level = levels[Math.floor((index * levels.length) / count)] ?? 0;
    const height = 2 + Math.round((Math.min(Math.max(level, 0), LOUDEST) / LOUDEST) * 36);
    return html`<rect x="${index * 4}" y="${(40 - height) / 2}" width="2" height="${height}" rx="1" />`;
  });
  return html`<svg class="wave" viewBox="0 0 ${count * 4} 40" preserveAspectRatio="none" aria-hidden="true">
    ${bars}
  </svg>`;
};

const fileNameOf = (content: JsonObject): string => {
  const fileName = content['filename'];
  return typeof fileName === 'string' && fileName !== '' ? fileName : bodyOf(content);
};

const sizeOf = (content: JsonObject): string => {
  const bytes = numberIn(content['info'], 'size') ?? 0;
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
};

const kindOf = ({ msgtype }: JsonObject): string => (typeof msgtype === 'string' ? msgtype : '');

const bodyOf = (content: JsonObject): string => (typeof content['body'] === 'string' ? content['body'] : '');

const numberIn = (value: Json | undefined, key: string): number | undefined => {
  const number = isJsonObject(value) ? value[key] : undefined;
  return typeof number === 'number' ? number : undefined;
};
