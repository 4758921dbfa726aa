import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { parseRange, type WantedRange } from './byte-range.ts';
import { contentDisposition } from './content-disposition.ts';
import type { MediaFile } from './service.ts';

/** Uploaded bytes are never trusted: a browser neither guesses their type nor runs anything in them. */
const GUARDS = {
  'x-content-type-options': 'nosniff',
  'content-security-policy':
    "sandbox; default-src 'none'; script-src 'none'; plugin-types application/pdf; style-src 'unsafe-inline'; object-src 'self';",
  'cross-origin-resource-policy': 'cross-origin',
};

/** How long it may be kept: `forever` by the one who asked, for it never changes; `public` by anyone, but it may be withdrawn. */
const CACHING = {
  forever: 'private, max-age=31536000, immutable',
  public: 'public, max-age=3600',
};

/** Answers with a file: whole, in part, or not at all if the caller has it already (RFC 9110, sections 13 and 14). */
export const answerFile = async (
  request: FastifyRequest,
  reply: FastifyReply,
  file: MediaFile,
  caching: keyof typeof CACHING,
): Promise<FastifyReply> => {
  const tag = `"${file.sha256}"`;
  reply.headers({ ...GUARDS, 'cache-control': CACHING[caching], etag: tag, 'accept-ranges': 'bytes' });
  if (hasTag(request.headers['if-none-match'], tag)) return reply.code(304).send();
  const range = wantedRange(request, tag, file.size);
  if (range === 'unsatisfiable') {
    return reply
      .code(416)
      .header('content-range', `bytes */${file.size}`)
      .send({ errcode: 'M_INVALID_PARAM', error: 'The file has no such part.' });
  }
  reply.type(file.contentType).header('content-disposition', contentDisposition(file.contentType, file.fileName));
  if (range !== undefined) reply.code(206).header('content-range', `bytes ${range.first}-${range.last}/${file.size}`);
  reply.header('content-length', range === undefined ? file.size : range.last - range.first + 1);
  return reply.send(request.method === 'HEAD' ? Readable.from([]) : await file.open(range));
};

const hasTag = (header: string | undefined, tag: string): boolean =>
  (header ?? '').split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === tag);

/** A part is given only of the very content that the caller began with (`If-Range`). */
const wantedRange = ({ headers }: FastifyRequest, tag: string, size: number): WantedRange => {
  const begunWith = headers['if-range'];
  return begunWith === undefined || begunWith === tag ? parseRange(headers.range, size) : undefined;
};
