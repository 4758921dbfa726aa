import type { Operation } from '@byline/protocol';
import { readdir } from 'node:fs/promises';

const PROTOCOL = new URL('../../../../packages/protocol/src/', import.meta.url);

/** Every operation of the contract, in an order that is the same at each run. */
export const allOperations = async (): Promise<Operation[]> => {
  const operations: Operation[] = [];
  for (const folder of ['byline/', 'matrix/']) {
    for (const file of (await readdir(new URL(folder, PROTOCOL))).toSorted()) {
      if (!file.endsWith('.ts') || file.endsWith('.test.ts')) continue;
      const module = (await import(new URL(folder + file, PROTOCOL).href)) as Readonly<Record<string, unknown>>;
      operations.push(...Object.values(module).filter(isOperation));
    }
  }
  return operations;
};

const isOperation = (value: unknown): value is Operation =>
  typeof value === 'object' && value !== null && 'paths' in value && 'method' in value;
