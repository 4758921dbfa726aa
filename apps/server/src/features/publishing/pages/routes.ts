import { accountFeed, accountPage, postPage } from '@byline/protocol/byline/public-pages.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import type { Edge } from '../../../platform/http/edge.ts';
import { isMissing, type PublicPages } from './public-pages.ts';
import { CONTENT_SECURITY_POLICY } from './style.ts';
import { languageOf } from './words.ts';

const HTML = 'text/html; charset=utf-8';
const ATOM = 'application/atom+xml; charset=utf-8';

/** The pages and feeds of public accounts. */
export const servePublicPages = (edge: Edge, pages: PublicPages): void => {
  edge.serveStream(accountPage, ({ params, query }, request, reply) => {
    const language = languageOf(request.headers['accept-language']);
    const page = pages.account(params.handle, query.from, language);
    return answer(request, reply, HTML, page, () => pages.missing('account', language));
  });

  edge.serveStream(postPage, ({ params }, request, reply) => {
    const language = languageOf(request.headers['accept-language']);
    const page = pages.post(params.handle, params.eventId, language);
    return answer(request, reply, HTML, page, () => pages.missing('post', language));
  });

  edge.serveStream(accountFeed, ({ params }, request, reply) => {
    const language = languageOf(request.headers['accept-language']);
    return answer(request, reply, ATOM, pages.feed(params.handle, language), () => pages.missing('account', language));
  });
};

/** Kept by whoever likes, but asked for again each time: what is deleted must not be shown any more. */
const answer = async (
  request: FastifyRequest,
  reply: FastifyReply,
  type: string,
  making: Promise<string>,
  missing: () => string,
): Promise<FastifyReply> => {
  reply.headers({
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'public, no-cache',
    vary: 'Accept-Language',
  });
  try {
    const text = await making;
    const tag = `"${createHash('sha256').update(text).digest('base64url')}"`;
    reply.header('etag', tag).type(type);
    return hasTag(request.headers['if-none-match'], tag) ? reply.code(304).send() : reply.send(text);
  } catch (error) {
    if (!isMissing(error)) throw error;
    return reply.code(404).type(HTML).send(missing());
  }
};

/** RFC 9110, section 13.1.2: compared weakly. */
const hasTag = (header: string | undefined, tag: string): boolean =>
  (header ?? '').split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === tag);
