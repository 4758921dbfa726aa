import { JsonObject } from '@byline/protocol';
import type { MatrixClient } from 'matrix-js-sdk';
import { type EncryptedFile, encryptedFileContent } from '../media/encrypted-file.ts';
import { type Attachment, filePost } from '../publish/post-content.ts';
import type { Message } from '../timeline/message.ts';

/** What goes into a conversation besides words. */
export type Sendable = Attachment | { readonly kind: 'file'; readonly file: Blob; readonly name: string };

/** What a message answers, as far as the event that says so needs it. */
export type Answered = Pick<Message, 'id' | 'sender' | 'own'>;

const EMOTE = /^\/me\s+(?=\S)/;

const wordsOf = (text: string): JsonObject =>
  EMOTE.test(text) ? { msgtype: 'm.emote', body: text.replace(EMOTE, '') } : { msgtype: 'm.text', body: text };

/** Nobody is called by a name that merely stands in the text (specification: "User and room mentions"). */
const mentions = (answered: Answered | undefined): JsonObject => ({
  'm.mentions': answered === undefined || answered.own ? {} : { user_ids: [answered.sender.id] },
});

const relation = (answered: Answered | undefined): JsonObject =>
  answered === undefined ? {} : { 'm.relates_to': { 'm.in_reply_to': { event_id: answered.id } } };

/** The content of a message of words. */
export const textContent = (text: string, answered?: Answered): JsonObject => ({
  ...wordsOf(text),
  ...mentions(answered),
  ...relation(answered),
});

/** The content of an event that gives a message other words (specification: "Event replacements"). */
export function editContent(text: string, eventId: string): JsonObject {
  const words = wordsOf(text);
  return {
    ...words,
    body: `* ${text}`,
    'm.mentions': {},
    'm.new_content': { ...words, 'm.mentions': {} },
    'm.relates_to': { rel_type: 'm.replace', event_id: eventId },
  };
}

/** The content of a message that shows a file. `url`: where it was put, `mxc://…`, for everybody in the room to fetch. */
export function fileContent(sendable: Sendable, url: string, answered?: Answered): JsonObject {
  const { file, name } = sendable;
  const info = { size: file.size, mimetype: file.type || 'application/octet-stream' };
  const shown =
    sendable.kind === 'file'
      ? { msgtype: 'm.file', body: name, filename: name, url, info }
      : filePost(sendable, url, '');
  return { ...shown, ...mentions(answered), ...relation(answered) };
}

/** Files that were put somewhere encrypted: the whole, and the smaller copy of a picture. */
export interface SealedFiles {
  readonly whole: EncryptedFile;
  readonly thumbnail?: EncryptedFile | undefined;
}

/** The same for a file that is encrypted: what opens it goes in the message, which is encrypted itself. */
export function sealedFileContent(sendable: Sendable, files: SealedFiles, answered?: Answered): JsonObject {
  const { url: _nowhere, info, ...content } = fileContent(sendable, '', answered);
  const { whole, thumbnail } = files;
  const copy = thumbnail && {
    thumbnail_file: encryptedFileContent(thumbnail),
    thumbnail_info: { mimetype: thumbnail.type },
  };
  return { ...content, info: { ...JsonObject.catch({}).parse(info), ...copy }, file: encryptedFileContent(whole) };
}

type MessageContent = Parameters<MatrixClient['sendMessage']>[2];

/** These contents are plain data, built by the specification; the library's types want its own enums in them. */
export const asMessage = (content: JsonObject): MessageContent => content as object as MessageContent;
