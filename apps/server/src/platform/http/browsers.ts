import type { FastifyReply, FastifyRequest } from 'fastify';

/** What every answer says: any page may read it (specification, client-server API: "Web Browser Clients"), and no browser guesses its type. */
export const EVERYWHERE = { 'access-control-allow-origin': '*', 'x-content-type-options': 'nosniff' };

/** What a page may ask: whatever the API has, with an access token and for a part of a file. */
const PREFLIGHT = {
  'access-control-allow-methods': 'GET, HEAD, POST, PUT, DELETE, OPTIONS',
  'access-control-allow-headers': 'X-Requested-With, Content-Type, Authorization, Range',
  'access-control-max-age': '86400',
};

/** Also for what never comes to a route. */
export const openToBrowsers = (reply: FastifyReply): FastifyReply => reply.headers(EVERYWHERE);

/** Opens every answer to browsers; preflights are answered here. */
export const answerBrowsers = (request: FastifyRequest, reply: FastifyReply, goOn: () => void): void => {
  openToBrowsers(reply);
  if (request.method !== 'OPTIONS') return goOn();
  reply.headers(PREFLIGHT).code(204).send();
};
