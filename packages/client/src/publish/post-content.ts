import type { JsonObject } from '@byline/protocol';
import { textContentOf } from '../posts/writing.ts';

/** A file that is to be published, and what is known of it. */
export type Attachment =
  | {
      readonly kind: 'picture';
      readonly file: Blob;
      readonly name: string;
      /** Pixels. */
      readonly width: number;
      readonly height: number;
    }
  | {
      readonly kind: 'voice';
      readonly file: Blob;
      readonly name: string;
      /** Seconds. */
      readonly length: number;
      /** Loudness over time, from 0 to 1. */
      readonly peaks: readonly number[];
    };

const LOUDEST = 1024;

/** The content of a post that is text alone. */
export const textPost = (text: string): JsonObject => ({ msgtype: 'm.text', ...textContentOf(text) });

/** The content of a post that shows a file, with what is written to it as its caption. */
export function filePost(attachment: Attachment, url: string, caption: string): JsonObject {
  const { file, name } = attachment;
  const said = caption.trim() === '' ? { body: name } : textContentOf(caption);
  const shared = { ...said, filename: name, url };
  const info = { size: file.size, mimetype: file.type };
  if (attachment.kind === 'picture') {
    return { msgtype: 'm.image', ...shared, info: { ...info, w: attachment.width, h: attachment.height } };
  }
  const duration = Math.round(attachment.length * 1000);
  return {
    msgtype: 'm.audio',
    ...shared,
    info: { ...info, duration },
    'org.matrix.msc1767.audio': {
      duration,
      waveform: attachment.peaks.map((peak) => Math.round(Math.min(1, Math.max(0, peak)) * LOUDEST)),
    },
    'org.matrix.msc3245.voice': {},
  };
}

/** The content of a post with other words: a file keeps what it shows. */
export function rewritten(content: JsonObject, text: string): JsonObject {
  const { format: _format, formatted_body: _html, 'm.relates_to': _relation, ...rest } = content;
  if (typeof content['url'] !== 'string') return { ...rest, ...textContentOf(text) };
  const name = nameIn(content);
  return { ...rest, filename: name, ...(text.trim() === '' ? { body: name } : textContentOf(text)) };
}

const nameIn = ({ filename, body }: JsonObject): string => {
  if (typeof filename === 'string') return filename;
  return typeof body === 'string' ? body : '';
};

/** What can be rewritten of a post: its text, or the caption of what it shows. */
export function writtenIn(content: JsonObject): string {
  const { body, filename, url } = content;
  if (typeof body !== 'string') return '';
  return typeof url === 'string' && (filename === undefined || filename === body) ? '' : body;
}
