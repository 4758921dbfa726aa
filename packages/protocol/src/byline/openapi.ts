import { JsonObject } from '../json.ts';
import { operation } from '../operation.ts';

/** The description of everything below `/_byline/v1`, as OpenAPI 3.1. */
export const readOpenApi = operation({
  method: 'GET',
  paths: ['/_byline/openapi.json'],
  auth: 'none',
  limit: 'public',
  summary: 'Describes the Byline API.',
  answer: JsonObject,
});
