import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensureInstalled, giveUp, PINNED_NODE, ROOT, toolEnvironment } from './install.mjs';

const WEB = join(ROOT, 'apps/web');
const STAMP = join(WEB, '.cache/built-from');
const SOURCES = ['apps/web', 'packages/client/src', 'packages/core/src', 'packages/protocol/src', 'package-lock.json'];
const NOT_SOURCES = new Set(['dist', 'node_modules', '.cache', 'test']);

/** @param {string} path @returns {string[]} every file below, in a fixed order */
function filesBelow(path) {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => !NOT_SOURCES.has(entry.name))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(path, entry.name)) : [join(path, entry.name)]));
}

function sourceHash() {
  const hash = createHash('sha256');
  for (const source of SOURCES.map((path) => join(ROOT, path))) {
    const files = source.endsWith('.json') ? [source] : filesBelow(source);
    for (const file of files) hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

/** Builds the web app, unless it stands built from these very sources. */
export function buildWeb() {
  ensureInstalled();
  if (!existsSync(join(WEB, 'vite.config.ts'))) return;
  const hash = sourceHash();
  if (existsSync(join(WEB, 'dist/index.html')) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash) return;
  console.log('Building the web app …');
  const vite = spawnSync(PINNED_NODE, [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'error'], {
    cwd: WEB,
    env: toolEnvironment(),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (vite.status !== 0) giveUp('The web app could not be built.');
  mkdirSync(dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, hash);
}
