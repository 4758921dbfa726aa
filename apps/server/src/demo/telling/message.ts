import type { JsonObject, MxcUri } from '@byline/protocol';
import { uploadMedia } from '@byline/protocol/matrix/media.ts';
import { recordingOf, VOICE_TYPE } from '../content/voices.ts';
import type { Content } from '../content/words.ts';
import type { Resident } from '../http/resident.ts';
import { PICTURE_TYPE, type Pictures } from '../pictures/pictures.ts';
import { articleOf } from './article.ts';

/** Uploads a file as somebody. */
export const upload = async (
  resident: Resident,
  bytes: Uint8Array<ArrayBuffer>,
  type: string,
  filename: string,
): Promise<MxcUri> => (await resident.upload(uploadMedia, { query: { filename } }, bytes, type)).content_uri;

/** The content of a message or a post (specification, client-server API: "m.room.message msgtypes"); its file is uploaded. */
export const messageOf = async (resident: Resident, content: Content, pictures: Pictures): Promise<JsonObject> => {
  if (typeof content === 'string') return { msgtype: 'm.text', body: content };
  if ('article' in content) return articleOf(content.article);
  if ('picture' in content) return pictureMessage(resident, content, pictures);
  if ('voice' in content) return voiceMessage(resident, content);
  const bytes = new TextEncoder().encode(content.file);
  const url = await upload(resident, bytes, content.type, content.name);
  const info = { mimetype: content.type, size: bytes.length };
  return { msgtype: 'm.file', body: content.name, filename: content.name, url, info };
};

const pictureMessage = async (
  resident: Resident,
  { picture, name, caption = name }: Extract<Content, { picture: unknown }>,
  pictures: Pictures,
): Promise<JsonObject> => {
  const { bytes, width, height } = pictures.get(picture);
  const url = await upload(resident, bytes, PICTURE_TYPE, name);
  const info = { mimetype: PICTURE_TYPE, size: bytes.length, w: width, h: height };
  return { msgtype: 'm.image', body: caption, filename: name, url, info };
};

/** As most clients write and read voice notes, until the specification has words of its own for them. */
const voiceMessage = async (
  resident: Resident,
  { voice, caption }: Extract<Content, { voice: unknown }>,
): Promise<JsonObject> => {
  const { bytes, duration, waveform } = await recordingOf(voice);
  const name = 'Voice note.ogg';
  const url = await upload(resident, bytes, VOICE_TYPE, name);
  return {
    msgtype: 'm.audio',
    body: caption ?? name,
    filename: name,
    url,
    info: { mimetype: VOICE_TYPE, size: bytes.length, duration },
    'org.matrix.msc1767.audio': { duration, waveform },
    'org.matrix.msc3245.voice': {},
  };
};
