import { expect, test } from 'vitest';
import { faultOf, makeLogger } from './logger.ts';

const SECRET = 'grace@example.org';

const postgresError = (): Error =>
  Object.assign(new Error(`invalid input syntax for type bigint: "${SECRET}"`), {
    severity: 'ERROR',
    code: '22P02',
    detail: `Key (user_id)=(${SECRET}) already exists.`,
    where: `unnamed portal parameter $1 = '${SECRET}'`,
    parameters: [SECRET],
  });

const parserError = (): Error => {
  try {
    JSON.parse(`"${SECRET}`);
    throw new Error('it was JSON');
  } catch (error) {
    return error instanceof Error ? error : new Error('it was no error');
  }
};

const written = (error: unknown): string => {
  let lines = '';
  makeLogger('error', { write: (line) => void (lines += line) }).error({ err: error }, 'a request failed');
  return lines;
};

test('of what a database says only the code and the place are written', () => {
  const line = written(postgresError());
  expect(line).not.toContain(SECRET);
  expect(JSON.parse(line)).toMatchObject({
    msg: 'a request failed',
    err: { type: 'Error', code: '22P02', stack: expect.stringContaining('logger.test.ts') },
  });
  expect(written(new Error('could not be read', { cause: postgresError() }))).not.toContain(SECRET);
});

test('of what a parser says neither', () => {
  const line = written(parserError());
  expect(line).not.toContain('grace');
  expect(JSON.parse(line)).toMatchObject({ err: { type: 'SyntaxError' } });
});

test('our own errors say what they are', () => {
  const error = Object.assign(new Error('the disk is full'), { code: 'ENOSPC', path: `/home/${SECRET}` });
  expect(faultOf(error)).toMatchObject({ type: 'Error', code: 'ENOSPC', message: 'the disk is full' });
  expect(written(error)).not.toContain(SECRET);
  expect(faultOf('thrown text')).toEqual({ type: 'string' });
});
