import { operation } from '@byline/protocol';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { openApiOf } from './openapi.ts';

const rename = operation({
  method: 'PUT',
  paths: ['/_byline/v1/boats/:name', '/_byline/old/boats/:name'],
  auth: 'required',
  limit: 'write',
  summary: 'Renames a boat.',
  params: z.object({ name: z.string() }),
  query: z.object({ quietly: z.enum(['true', 'false']).default('false') }),
  body: z.object({ name: z.string().max(20), since: z.int().optional() }),
  answer: z.object({ name: z.string() }),
});

const list = operation({
  method: 'GET',
  paths: ['/_byline/v1/boats'],
  auth: 'none',
  limit: 'read',
  summary: 'All boats.',
});

test('operations are described by the schemas that parse them', () => {
  const { paths } = openApiOf([rename, list], { url: 'https://byline.test' });
  expect(paths).toMatchObject({
    '/_byline/v1/boats/{name}': {
      put: {
        summary: 'Renames a boat.',
        parameters: [
          { name: 'name', in: 'path', required: true, schema: { type: 'string' } },
          { name: 'quietly', in: 'query', required: false, schema: { enum: ['true', 'false'], default: 'false' } },
        ],
        requestBody: {
          content: {
            'application/json': {
              schema: { properties: { name: { type: 'string', maxLength: 20 } }, required: ['name'] },
            },
          },
        },
        responses: { 200: { content: { 'application/json': { schema: { required: ['name'] } } } } },
        security: [{ accessToken: [] }],
      },
    },
    '/_byline/v1/boats': { get: { parameters: [] } },
  });
});

test('who needs no token and sends no body is asked for neither', () => {
  const { paths } = openApiOf([list], { url: 'https://byline.test' });
  const get = (paths as Record<string, Record<string, object>>)['/_byline/v1/boats']?.['get'];
  expect(get).not.toHaveProperty('security');
  expect(get).not.toHaveProperty('requestBody');
});
