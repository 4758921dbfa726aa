import type { JsonObject } from '@byline/protocol';
import { z } from 'zod';
import { type EncryptedFile, encryptedFileIn } from '../media/encrypted-file.ts';

/** What is written, plain and (where the writer set it) formatted. */
export interface PostText {
  readonly plain: string;
  /** As it came, trusted in nothing: whoever draws it makes it harmless. */
  readonly html?: string | undefined;
}

interface PostFile {
  /** `mxc://server/media` */
  readonly url: string;
  readonly name: string;
  readonly type?: string | undefined;
  /** Bytes. */
  readonly size?: number | undefined;
  readonly caption?: PostText | undefined;
  /** What opens it, in an encrypted conversation. */
  readonly sealed?: EncryptedFile | undefined;
}

/** What a post shows. */
export type PostBody =
  | ({ readonly kind: 'text' } & PostText)
  | ({
      readonly kind: 'picture';
      /** Pixels, as the writer's app measured them. */
      readonly width?: number | undefined;
      readonly height?: number | undefined;
      /** A smaller copy, in an encrypted conversation: there the server can make none. */
      readonly thumbnail?: EncryptedFile | undefined;
    } & PostFile)
  | ({
      readonly kind: 'sound';
      readonly isVoice: boolean;
      /** Seconds. */
      readonly length: number;
      /** Loudness over time, from 0 to 1; none for what was not recorded here. */
      readonly peaks: readonly number[];
    } & PostFile)
  | ({ readonly kind: 'file' } & PostFile);

const LOUDEST = 1024;

const amount = z.number().nonnegative().optional().catch(undefined);
const word = z.string().optional().catch(undefined);

const Content = z.object({
  msgtype: z.string().catch('m.text'),
  body: z.string().catch(''),
  format: word,
  formatted_body: word,
  filename: word,
  url: word,
  file: z.unknown().optional(),
  info: z
    .object({
      w: amount,
      h: amount,
      size: amount,
      mimetype: word,
      duration: amount,
      thumbnail_file: z.unknown().optional(),
      thumbnail_info: z.object({ mimetype: word }).optional().catch(undefined),
    })
    .catch({}),
  'org.matrix.msc1767.audio': z
    .object({ duration: amount, waveform: z.array(z.number()).optional().catch(undefined) })
    .optional()
    .catch(undefined),
  'org.matrix.msc3245.voice': z.looseObject({}).optional().catch(undefined),
});
type Content = z.output<typeof Content>;

/** Reads the content of an `m.room.message`. What can't be read as more is read as its text, so that nothing is lost. */
export function bodyOf(content: JsonObject): PostBody {
  const parsed = Content.parse(content);
  const sealed = encryptedFileIn(parsed.file, parsed.info.mimetype);
  const url = sealed?.url ?? parsed.url;
  if (url === undefined || !url.startsWith('mxc://')) return { kind: 'text', ...textOf(parsed) };
  const file = { ...fileOf(parsed, url), ...(sealed && { sealed }) };
  if (parsed.msgtype === 'm.image') return { kind: 'picture', ...file, ...pictureOf(parsed) };
  if (parsed.msgtype === 'm.audio') return { kind: 'sound', ...file, ...soundOf(parsed) };
  return { kind: 'file', ...file };
}

function textOf({ body, format, formatted_body: formatted }: Content): PostText {
  return { plain: body, ...(format === 'org.matrix.custom.html' && formatted !== undefined && { html: formatted }) };
}

/** The body of a file is its name, or with a name of its own what is said of it (specification: "Media captions"). */
function fileOf(content: Content, url: string): PostFile {
  const { body, filename, info } = content;
  const isCaptioned = filename !== undefined && filename !== body && body.trim() !== '';
  return {
    url,
    name: filename ?? body,
    type: info.mimetype,
    size: info.size,
    ...(isCaptioned && { caption: textOf(content) }),
  };
}

function pictureOf({ info }: Content) {
  const thumbnail = encryptedFileIn(info.thumbnail_file, info.thumbnail_info?.mimetype);
  return { width: info.w, height: info.h, ...(thumbnail && { thumbnail }) };
}

function soundOf(content: Content) {
  const audio = content['org.matrix.msc1767.audio'];
  return {
    isVoice: content['org.matrix.msc3245.voice'] !== undefined,
    length: (content.info.duration ?? audio?.duration ?? 0) / 1000,
    peaks: (audio?.waveform ?? []).map((loudness) => Math.min(1, Math.max(0, loudness / LOUDEST))),
  };
}

/** One line that stands for a post in a list; empty where only a picture or a sound says something. */
export function lineOf(body: PostBody): string {
  const text = body.kind === 'text' ? body : body.caption;
  const lines = (text?.plain ?? '').split('\n').map((line) => line.replace(/^[#>*\-\s]+/, '').trim());
  return lines.find((line) => line !== '') ?? '';
}

/** A text of so many characters is read as an article is: in the reading face, on a page of its own. */
const ARTICLE_LENGTH = 700;
/** Ideographs say more in fewer characters. */
const IDEOGRAPHS = /\p{Script=Han}/gu;

/** Whether a text is long enough, or built so, that one sits down to read it. */
export function isArticle(body: PostBody): boolean {
  if (body.kind !== 'text') return false;
  if (/<h[1-3]\b/i.test(body.html ?? '')) return true;
  const ideographs = body.plain.match(IDEOGRAPHS)?.length ?? 0;
  return body.plain.length + ideographs > ARTICLE_LENGTH;
}
