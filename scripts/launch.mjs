import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled, PINNED_NODE, ROOT, toolEnvironment } from './install.mjs';

const FORWARDED = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * What Node is told where a server runs: thousands who wait for the same news are answered at once, and what those answers
 * leave behind is then swept up without what stays having been moved about many times.
 */
export const SERVER_NODE_OPTIONS = /** @type {string[]} */ (
  JSON.parse(readFileSync(join(ROOT, 'apps/server/node-options.json'), 'utf8'))
);

/**
 * Runs a program of this project on the pinned Node, in the project's folder and with this terminal, and ends as it ends.
 * @param {string} entry path from the project's folder
 * @param {readonly string[]} nodeOptions what Node itself is told
 */
export function launch(entry, nodeOptions = []) {
  ensureInstalled();
  const child = spawn(PINNED_NODE, [...nodeOptions, join(ROOT, entry), ...process.argv.slice(2)], {
    cwd: ROOT,
    env: toolEnvironment(),
    stdio: 'inherit',
  });
  for (const signal of FORWARDED) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`The pinned Node could not be started: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0));
  });
}
