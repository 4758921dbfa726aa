import { DomainError } from '@byline/protocol';
import { getPublicMedia } from '@byline/protocol/byline/public-media.ts';
import {
  downloadMedia,
  downloadNamedMedia,
  getMediaConfig,
  getThumbnail,
  readFrozenMedia,
  uploadMedia,
} from '@byline/protocol/matrix/media.ts';
import type { IncomingMessage } from 'node:http';
import type { Edge } from '../../platform/http/edge.ts';
import { answerFile } from './answer.ts';
import type { Media } from './service.ts';

/** Serves the content repository. */
export const serveMedia = (edge: Edge, media: Media): void => {
  edge.serveStream(uploadMedia, async ({ caller, query }, { raw }, reply) => {
    const uri = await media.upload(caller.userId, {
      content: bodyOf(raw),
      announcedSize: Number(raw.headers['content-length'] ?? 0),
      contentType: raw.headers['content-type'],
      fileName: query.filename,
    });
    return reply.send({ content_uri: uri });
  });

  edge.serve(getMediaConfig, () => ({ 'm.upload.size': media.limits.upload }));

  edge.serveStream(downloadMedia, async ({ params }, request, reply) =>
    answerFile(request, reply, await media.read(params.serverName, params.mediaId), 'forever'),
  );

  edge.serveStream(downloadNamedMedia, async ({ params: { serverName, mediaId, fileName } }, request, reply) =>
    answerFile(request, reply, { ...(await media.read(serverName, mediaId)), fileName }, 'forever'),
  );

  edge.serveStream(getThumbnail, async ({ params, query }, request, reply) =>
    answerFile(request, reply, await media.readThumbnail(params.serverName, params.mediaId, query), 'forever'),
  );

  edge.serve(readFrozenMedia, () => {
    throw new DomainError('M_NOT_FOUND', 'Files are given only to who is signed in.');
  });

  edge.serveStream(getPublicMedia, async ({ params, query: { width, height, method } }, request, reply) => {
    const whole = width === undefined || height === undefined;
    const file = whole
      ? await media.openPublic(params.mediaId)
      : await media.openPublicThumbnail(params.mediaId, { width, height, method });
    return answerFile(request, reply, file, 'public');
  });
};

/**
 * The body of a request. Not destroyed when nobody wants the rest of it, because that would cut the connection
 * on which the caller is to be told why.
 */
async function* bodyOf(request: IncomingMessage): AsyncGenerator<Uint8Array> {
  try {
    yield* request.iterator({ destroyOnReturn: false });
  } catch {
    // Only the connection can fail here, and whoever was at its other end has gone.
    throw new DomainError('M_UNKNOWN', 'The upload ended early. Please try again.');
  }
}
