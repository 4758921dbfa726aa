import type { JsonObject } from '@byline/protocol';
import { isPollStart, type Poll, pollIn } from '../polls/poll-content.ts';
import { bodyOf, lineOf, type PostBody } from '../posts/post-body.ts';

/** What a message shows. */
export type Content =
  | (PostBody & {
      /** Said of oneself: "Anna waves". */
      readonly emote?: true;
      /** So few emoji that they are drawn large. */
      readonly large?: true;
    })
  | { readonly kind: 'poll'; readonly poll: Poll }
  | { readonly kind: 'deleted' }
  | Locked;

/** It is encrypted, and this device can't read it (yet). */
export interface Locked {
  readonly kind: 'locked';
  /**
   * `opening`: it is about to be read; `waiting`: its key has not come yet; `unconfirmed`: the key is kept from devices
   * that were not confirmed; `before`: it was sent before one signed in here; `not-joined`: before one took part;
   * `withheld`: its sender keeps the key from this device; `unreadable`: anything else.
   */
  readonly why: 'opening' | 'waiting' | 'unconfirmed' | 'before' | 'not-joined' | 'withheld' | 'unreadable';
}

/** What of an event decides what it shows. */
export interface Written {
  readonly type: string;
  readonly content: JsonObject;
  readonly isRedacted: boolean;
  /** Why it can't be read, when it can't. */
  readonly locked?: Locked['why'] | undefined;
}

/** The quote that older clients put before an answer; we draw our own (specification: "Rich replies"). */
const QUOTED_BEFORE = /^(?:> ?[^\n]*(?:\n|$))+\n?/;

const MESSAGE_TYPES: readonly string[] = ['m.room.message', 'm.room.encrypted', 'm.sticker'];

/** Reads an event that somebody wrote; `undefined` for one that isn't a message. */
export function contentOf({ type, content, isRedacted, locked }: Written): Content | undefined {
  if (!MESSAGE_TYPES.includes(type) && !isPollStart(type)) return undefined;
  if (isRedacted) return { kind: 'deleted' };
  if (locked !== undefined || type === 'm.room.encrypted') return { kind: 'locked', why: locked ?? 'opening' };
  if (isPollStart(type)) return pollOrText(content);
  if (type === 'm.sticker') return bodyOf({ ...content, msgtype: 'm.image' });
  const body = bodyOf(withoutQuote(content));
  if (body.kind !== 'text') return body;
  if (content['msgtype'] === 'm.emote') return { ...body, emote: true };
  return body.html === undefined && isFewEmoji(body.plain) ? { ...body, large: true } : body;
}

/** What can't be asked is read as the text that comes along for those who know no polls. */
function pollOrText(content: JsonObject): Content | undefined {
  const poll = pollIn(content);
  if (poll !== undefined) return { kind: 'poll', poll };
  const plain = content['org.matrix.msc1767.text'];
  return typeof plain === 'string' && plain.trim() !== '' ? { kind: 'text', plain } : undefined;
}

function withoutQuote(content: JsonObject): JsonObject {
  const { body } = content;
  if (typeof body !== 'string' || repliedTo(content) === undefined || !body.startsWith('> <')) return content;
  return { ...content, body: body.replace(QUOTED_BEFORE, '') };
}

/** The id of the event that a message answers; not what is only named for those who know no threads. */
export function repliedTo(content: JsonObject): string | undefined {
  const relation = objectIn(content, 'm.relates_to');
  if (relation?.['is_falling_back'] === true) return undefined;
  const id = relation && objectIn(relation, 'm.in_reply_to')?.['event_id'];
  return typeof id === 'string' ? id : undefined;
}

function objectIn(content: JsonObject, key: string): JsonObject | undefined {
  const value = content[key];
  // A list has no key of ours either, so it does no harm.
  return typeof value === 'object' && value !== null ? (value as JsonObject) : undefined;
}

const MOST_LARGE = 3;
const EMOJI = /^\p{RGI_Emoji}$/v;

/** Whether a text is one to three emoji and nothing else. */
export function isFewEmoji(text: string): boolean {
  const letters = [...new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text.trim())]
    .map(({ segment }) => segment)
    .filter((segment) => segment.trim() !== '');
  return letters.length > 0 && letters.length <= MOST_LARGE && letters.every((letter) => EMOJI.test(letter));
}

/** One line that stands for a message in a list or a quote; empty where its kind says all. */
export function oneLineOf(content: Content): string {
  if (content.kind === 'deleted' || content.kind === 'locked') return '';
  return content.kind === 'poll' ? content.poll.question : lineOf(content);
}
