import { z } from 'zod';
import { MxcUri, ServerName } from '../ids.ts';
import { operation } from '../operation.ts';
import { text } from '../text.ts';

/** The content repository (specification, client-server API: "Content repository"). */

/** What stands after the server's name in an mxc URI. */
export const MediaId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,255}$/, { error: 'not a valid media id' })
  .brand<'media id'>();
export type MediaId = z.infer<typeof MediaId>;

const FileName = text(255);

/** A side of a picture, in pixels, as a query writes it. */
export const PixelsInQuery = z
  .string()
  .regex(/^[1-9]\d{0,4}$/, { error: 'must be a number of pixels from 1 to 99999' })
  .transform(Number);

export const THUMBNAIL_METHODS = ['crop', 'scale'] as const;
export type ThumbnailMethod = (typeof THUMBNAIL_METHODS)[number];
export const ThumbnailMethod = z.enum(THUMBNAIL_METHODS, { error: 'must be "crop" or "scale"' });

const Address = z.object({ serverName: ServerName, mediaId: MediaId });

/** How many milliseconds the caller waits for a file that is still to be uploaded. */
const Patience = z.object({ timeout_ms: z.coerce.number().int().nonnegative().default(20_000) });

/** The body is the file itself. */
export const uploadMedia = operation({
  method: 'POST',
  paths: ['/_matrix/media/v3/upload', '/_matrix/media/r0/upload', '/_matrix/media/v1/upload'],
  auth: 'required',
  limit: 'upload',
  summary: 'Uploads a file.',
  query: z.object({ filename: FileName.optional() }),
  answer: z.object({ content_uri: MxcUri }),
});

/** Gives an address, under which the file comes later. */
export const createMedia = operation({
  method: 'POST',
  paths: ['/_matrix/media/v1/create'],
  auth: 'required',
  limit: 'upload',
  summary: 'Gives the address of a file that is uploaded later.',
  answer: z.object({
    content_uri: MxcUri,
    /** Milliseconds since the epoch. */
    unused_expires_at: z.int(),
  }),
});

/** The body is the file itself. */
export const uploadCreatedMedia = operation({
  method: 'PUT',
  paths: ['/_matrix/media/v3/upload/:serverName/:mediaId'],
  auth: 'required',
  limit: 'upload',
  summary: 'Uploads a file to an address that was given before.',
  params: Address,
  query: z.object({ filename: FileName.optional() }),
});

export const getMediaConfig = operation({
  method: 'GET',
  paths: [
    '/_matrix/client/v1/media/config',
    '/_matrix/media/v3/config',
    '/_matrix/media/r0/config',
    '/_matrix/media/v1/config',
  ],
  auth: 'required',
  limit: 'read',
  summary: 'Tells how large an upload may be.',
  answer: z.object({ 'm.upload.size': z.int().positive() }),
});

export const downloadMedia = operation({
  method: 'GET',
  paths: ['/_matrix/client/v1/media/download/:serverName/:mediaId'],
  auth: 'required',
  limit: 'download',
  summary: 'Gives an uploaded file.',
  params: Address,
  query: Patience,
});

export const downloadNamedMedia = operation({
  method: 'GET',
  paths: ['/_matrix/client/v1/media/download/:serverName/:mediaId/:fileName'],
  auth: 'required',
  limit: 'download',
  summary: 'Gives an uploaded file under another name.',
  params: Address.extend({ fileName: FileName }),
  query: Patience,
});

export const getThumbnail = operation({
  method: 'GET',
  paths: ['/_matrix/client/v1/media/thumbnail/:serverName/:mediaId'],
  auth: 'required',
  limit: 'download',
  summary: 'Gives a smaller copy of an uploaded picture.',
  params: Address,
  query: Patience.extend({
    width: PixelsInQuery,
    height: PixelsInQuery,
    method: ThumbnailMethod.default('scale'),
    /** Whether it may move, if the picture does. */
    animated: z.enum(['true', 'false']).default('false'),
  }),
});

const FROZEN_PATHS = ['v3', 'r0', 'v1'].flatMap((version) => [
  `/_matrix/media/${version}/download/:serverName/:mediaId`,
  `/_matrix/media/${version}/download/:serverName/:mediaId/:fileName`,
  `/_matrix/media/${version}/thumbnail/:serverName/:mediaId`,
]);

/** Reading without an account is frozen: whatever is here was uploaded after the freeze, so there is nothing to give. */
export const readFrozenMedia = operation({
  method: 'GET',
  paths: ['/_matrix/media/v3/download/:serverName/:mediaId', ...FROZEN_PATHS.slice(1)],
  auth: 'none',
  limit: 'public',
  summary: 'Refuses to give files to who is not signed in.',
});
