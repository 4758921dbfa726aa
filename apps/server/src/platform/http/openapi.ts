import { ERRORS, type Operation } from '@byline/protocol';
import { readOpenApi } from '@byline/protocol/byline/openapi.ts';
import { z } from 'zod';
import { Serialised } from './answer.ts';
import type { Edge } from './edge.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly schema: JsonSchema;
}

/** Serves the description of all Byline operations that are bound by then. */
export const serveOpenApi = (edge: Edge, url: string): void => {
  const ours = edge.operations.filter(({ paths: [path] }) => path.startsWith('/_byline/v1/'));
  const document = new Serialised(JSON.stringify(openApiOf(ours, { url })));
  edge.serve(readOpenApi, () => document);
};

/** The OpenAPI 3.1 document of operations, made of the schemas by which they are parsed. */
export const openApiOf = (operations: readonly Operation[], server: { readonly url: string }): JsonSchema => ({
  openapi: '3.1.0',
  info: {
    title: 'Byline',
    version: 'v1',
    description: 'What Byline adds to the Matrix client-server API: identity, review, publishing, the provider.',
  },
  servers: [server],
  paths: pathsOf(operations),
  components: {
    securitySchemes: { accessToken: { type: 'http', scheme: 'bearer' } },
    schemas: { Error: ERROR_SCHEMA },
  },
});

const ERROR_SCHEMA: JsonSchema = {
  type: 'object',
  properties: { errcode: { type: 'string', enum: Object.keys(ERRORS) }, error: { type: 'string' } },
  required: ['errcode', 'error'],
};

const pathsOf = (operations: readonly Operation[]): JsonSchema => {
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const operation of operations) {
    const path = operation.paths[0].replace(/:(\w+)/g, '{$1}');
    const methods = (paths[path] ??= {});
    methods[operation.method.toLowerCase()] = describe(operation);
  }
  return paths;
};

const describe = (operation: Operation): JsonSchema => {
  const body = schemaOf(operation.body, 'input');
  return {
    summary: operation.summary,
    parameters: [...parametersOf(operation.params, 'path'), ...parametersOf(operation.query, 'query')],
    ...(isEmpty(body) ? {} : { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: {
      200: { description: 'Done.', content: { 'application/json': { schema: schemaOf(operation.answer, 'output') } } },
      default: {
        description: 'Refused.',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
    ...(operation.auth === 'none' ? {} : { security: [{ accessToken: [] }] }),
  };
};

const parametersOf = (schema: z.ZodType, place: Parameter['in']): Parameter[] => {
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Readonly<Record<string, JsonSchema>>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
};

/** What a schema can't say in JSON Schema (a stream, a check by code) is left open. */
const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): JsonSchema => {
  const { $schema: _version, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
};

const isEmpty = (schema: JsonSchema): boolean =>
  schema['type'] === 'object' && Object.keys((schema['properties'] as object | undefined) ?? {}).length === 0;
