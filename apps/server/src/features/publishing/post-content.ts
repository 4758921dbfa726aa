import { isJsonObject } from '@byline/core/json.ts';
import { DomainError, EventId, type JsonObject, MxcUri, type Pdu } from '@byline/protocol';
import { z } from 'zod';

/** What an account publishes (specification, client-server API: "m.room.message msgtypes"). */
export interface PostContent {
  readonly content: JsonObject;
  /** The files that it shows. */
  readonly media: readonly MxcUri[];
  /** The post that it takes the place of (specification: "Event replacements"). */
  readonly replaces: EventId | undefined;
}

const body = z.string().refine((text) => text.trim() !== '', { error: 'must say something' });

const Text = z.looseObject({
  msgtype: z.enum(['m.text', 'm.notice']),
  body,
  format: z.string().optional(),
  formatted_body: z.string().optional(),
});

const File = z.looseObject({
  msgtype: z.enum(['m.image', 'm.audio', 'm.video', 'm.file']),
  body,
  url: MxcUri,
  // An encrypted file: nobody but the sender could read it.
  file: z.undefined().optional(),
  info: z.looseObject({ thumbnail_url: MxcUri.optional(), thumbnail_file: z.undefined().optional() }).optional(),
});

const Message = z.discriminatedUnion('msgtype', [Text, File], {
  error: 'must be a text, a picture, a voice note, a film or a file',
});

const Relation = z.looseObject({
  rel_type: z.literal('m.replace', { error: 'a post can only take the place of another' }).optional(),
  event_id: EventId.optional(),
});

/** Checks what is to be published. Throws `M_BAD_JSON`. */
export const parsePost = (content: JsonObject): PostContent => {
  const relation = parse(Relation, content['m.relates_to'] ?? {}, 'm.relates_to');
  const shown = parse(Message, content, '');
  if (relation.rel_type === undefined) return { content, media: filesOf(shown), replaces: undefined };
  const newContent = content['m.new_content'];
  if (relation.event_id === undefined || !isJsonObject(newContent))
    throw new DomainError('M_BAD_JSON', 'A change must name the post and bring the new content.');
  const next = parse(Message, newContent, 'm.new_content');
  return { content, media: [...new Set([...filesOf(shown), ...filesOf(next)])], replaces: relation.event_id };
};

/** The content of an event that puts `content` in the place of a post. */
export const replacementOf = (post: EventId, { 'm.relates_to': _dropped, ...content }: JsonObject): JsonObject => ({
  ...content,
  ...(typeof content['body'] === 'string' ? { body: `* ${content['body']}` } : {}),
  'm.new_content': content,
  'm.relates_to': { rel_type: 'm.replace', event_id: post },
});

/** The post that a message takes the place of, if it is such a message. */
export const replacedBy = ({ content }: Pick<Pdu, 'content'>): EventId | undefined => {
  const relation = content['m.relates_to'];
  if (!isJsonObject(relation) || relation['rel_type'] !== 'm.replace') return undefined;
  return EventId.safeParse(relation['event_id']).data;
};

const filesOf = (message: z.output<typeof Message>): MxcUri[] => {
  if (!('url' in message) || message.msgtype === 'm.text' || message.msgtype === 'm.notice') return [];
  const { url, info } = message as z.output<typeof File>;
  return [url, ...(info?.thumbnail_url === undefined ? [] : [info.thumbnail_url])];
};

const parse = <Schema extends z.ZodType>(schema: Schema, value: unknown, at: string): z.output<Schema> => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = ['content', at, ...(issue?.path ?? [])].filter((part) => part !== '').join('.');
  throw new DomainError('M_BAD_JSON', `"${where}": ${issue?.message ?? 'is not right'}`);
};
