import { DomainError } from '@byline/protocol';
import { getPublicMedia } from '@byline/protocol/byline/public-media.ts';
import {
  createMedia,
  downloadMedia,
  downloadNamedMedia,
  getMediaConfig,
  getThumbnail,
  readFrozenMedia,
  uploadCreatedMedia,
  uploadMedia,
} from '@byline/protocol/matrix/media.ts';
import type { IncomingMessage } from 'node:http';
import type { Edge } from '../../platform/http/edge.ts';
import { answerFile } from './answer.ts';
import type { Media, Upload } from './service.ts';

/** Serves the content repository. */
export const serveMedia = (edge: Edge, media: Media): void => {
  edge.serveStream(uploadMedia, async ({ caller, query }, { raw }, reply) => {
    const uri = await media.upload(caller.userId, uploadOf(raw, query.filename));
    return reply.send({ content_uri: uri });
  });

  edge.serve(createMedia, async ({ caller }) => {
    const { mxc, expiresAt } = await media.create(caller.userId);
    return { content_uri: mxc, unused_expires_at: expiresAt };
  });

  edge.serveStream(uploadCreatedMedia, async ({ caller, params, query }, { raw }, reply) => {
    await media.uploadTo(caller.userId, params.serverName, params.mediaId, uploadOf(raw, query.filename));
    return reply.send({});
  });

  edge.serve(getMediaConfig, () => ({ 'm.upload.size': media.limits.upload }));

  edge.serveStream(downloadMedia, async ({ params: { serverName, mediaId }, query, onGone }, request, reply) => {
    const file = await media.read(serverName, mediaId, { timeoutMs: query.timeout_ms, onGone });
    return answerFile(request, reply, file, 'forever');
  });

  edge.serveStream(downloadNamedMedia, async ({ params, query, onGone }, request, reply) => {
    const file = await media.read(params.serverName, params.mediaId, { timeoutMs: query.timeout_ms, onGone });
    return answerFile(request, reply, { ...file, fileName: params.fileName }, 'forever');
  });

  edge.serveStream(getThumbnail, async ({ params: { serverName, mediaId }, query, onGone }, request, reply) => {
    const { width, height, method, timeout_ms: timeoutMs } = query;
    const wanted = { width, height, method, animated: query.animated === 'true' };
    const file = await media.readThumbnail(serverName, mediaId, wanted, { timeoutMs, onGone });
    return answerFile(request, reply, file, 'forever');
  });

  edge.serve(readFrozenMedia, () => {
    throw new DomainError('M_NOT_FOUND', 'Files are given only to who is signed in.');
  });

  edge.serveStream(getPublicMedia, async ({ params, query: { width, height, method } }, request, reply) => {
    const whole = width === undefined || height === undefined;
    const file = whole
      ? await media.openPublic(params.mediaId)
      : await media.openPublicThumbnail(params.mediaId, { width, height, method, animated: false });
    return answerFile(request, reply, file, 'public');
  });
};

const uploadOf = (request: IncomingMessage, fileName: string | undefined): Upload => ({
  content: bodyOf(request),
  announcedSize: Number(request.headers['content-length'] ?? 0),
  contentType: request.headers['content-type'],
  fileName,
});

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
