import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { build } from 'vite';
import type { Rolldown } from 'vite';

type File = Rolldown.OutputChunk | Rolldown.OutputAsset;
let files: readonly File[];

beforeAll(async () => {
  const configFile = join(import.meta.dirname, '..', 'vite.config.ts');
  // Under test the runner says that this isn't production, and React would come with its warnings.
  vi.stubEnv('NODE_ENV', 'production');
  const built = await build({ configFile, logLevel: 'error', build: { write: false } });
  vi.unstubAllEnvs();
  if (!('output' in built)) throw new Error('one build was asked for');
  files = built.output;
});

const chunk = (name: string): Rolldown.OutputChunk => {
  const found = files.find((file) => file.fileName === name);
  if (found?.type !== 'chunk') throw new Error(`no chunk ${name}`);
  return found;
};

/** A chunk and all that must be there before it can run. */
function withImports(name: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const needed of chunk(name).imports) withImports(needed, seen);
  return seen;
}

const entry = (): string => files.find((file) => file.type === 'chunk' && file.isEntry)?.fileName ?? '';
const gzipped = (names: ReadonlySet<string>): number =>
  [...names].reduce((sum, name) => sum + gzipSync(chunk(name).code).length, 0);

describe('the built app', () => {
  it('starts with little', () => {
    // React 60 KB, the schemas' zod 27, i18next 14, the client and the shell: what grows beyond that is in the wrong chunk.
    expect(gzipped(withImports(entry()))).toBeLessThan(140_000);
  });

  it('starts without the Matrix SDK, its cryptography and the emoji', () => {
    const modules = [...withImports(entry())].flatMap((name) => chunk(name).moduleIds);
    expect(modules.filter((id) => /matrix-js-sdk|matrix-sdk-crypto|emojibase|frimousse|mediabunny/.test(id))).toEqual(
      [],
    );
  });

  it('has a file for each place', () => {
    const names = files.map((file) => file.fileName).join('\n');
    for (const place of ['Chats', 'Following', 'Discover', 'Me', 'Desk']) expect(names).toContain(`${place}Place-`);
  });

  it('has no gallery', () => {
    const modules = files.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : [file.fileName]));
    expect(modules.filter((id) => id.includes('gallery'))).toEqual([]);
  });
});
