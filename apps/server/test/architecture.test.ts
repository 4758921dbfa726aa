import { join } from 'node:path';
import { breaksOfArchitecture } from '@byline/testkit/architecture.ts';
import { readSourceTree } from '@byline/testkit/source-tree.ts';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');

test('the house keeps its own rules', () => {
  const sources = readSourceTree(ROOT, ['apps', 'packages', 'scripts'], ['.ts', '.tsx', '.mjs', '.css']);
  expect([...sources.keys()]).toContain('apps/server/src/main.ts');
  expect(breaksOfArchitecture(sources)).toEqual([]);
});
