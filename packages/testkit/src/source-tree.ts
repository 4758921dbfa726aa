import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

const GENERATED = new Set(['node_modules', 'dist']);

/** Reads every file of the given endings below some folders; the keys are paths from the root, with `/`. */
export function readSourceTree(
  root: string,
  folders: readonly string[],
  endings: readonly string[],
): Map<string, string> {
  const patterns = folders.flatMap((folder) => endings.map((ending) => `${folder}/**/*${ending}`));
  const paths = globSync(patterns, { cwd: root, exclude: (path) => GENERATED.has(path.split(sep).at(-1) ?? '') });
  return new Map(paths.toSorted().map((path) => [path.replaceAll(sep, '/'), readFileSync(join(root, path), 'utf8')]));
}
