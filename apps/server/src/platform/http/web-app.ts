import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const BUILT = fileURLToPath(new URL('../../../../web/dist/', import.meta.url));

/** What the app may do: nothing from elsewhere, no script but its own, in no frame. */
export const contentSecurityPolicy = (otherOrigins: readonly string[]): string =>
  [
    "default-src 'self'",
    ["connect-src 'self'", ...otherOrigins].join(' '),
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

/** Paths that are never a screen of the app. */
const NOT_SCREENS = /^\/(?:_matrix|_byline|\.well-known|assets)(?:\/|$)/;

/**
 * Serves the web app's files. Every other address that a browser opens is a screen of the app, which finds its own way.
 * Without a built app there is nothing to serve.
 *
 * @param otherOrigins where its pages may also send requests, such as an identity provider that the administrator trusts
 */
export const serveWebApp = (app: FastifyInstance, otherOrigins: () => readonly string[]): void => {
  if (!existsSync(BUILT)) return;
  void app.register(fastifyStatic, {
    root: BUILT,
    wildcard: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const isNamedByContent = path.includes('/assets/');
      reply.header('cache-control', isNamedByContent ? 'public, max-age=31536000, immutable' : 'no-cache');
      reply.header('content-security-policy', contentSecurityPolicy(otherOrigins()));
      reply.header('x-content-type-options', 'nosniff');
      reply.header('referrer-policy', 'no-referrer');
    },
  });
};

/** Whether a browser asks for a screen of the app. */
export const isScreen = (request: FastifyRequest): boolean =>
  request.method === 'GET' &&
  (request.headers.accept?.includes('text/html') ?? false) &&
  !NOT_SCREENS.test(request.url);

/** The app itself, whatever screen of it was asked for. */
export const sendScreen = (reply: FastifyReply): FastifyReply => reply.sendFile('index.html');
