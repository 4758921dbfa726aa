import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled, PINNED_NODE, ROOT, toolEnvironment } from './install.mjs';

const FORWARDED = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * Runs a program of this project on the pinned Node, in the project's folder and with this terminal, and ends as it ends.
 * @param {string} entry path from the project's folder
 * @param {string[]} args
 */
export function launch(entry, args = process.argv.slice(2)) {
  ensureInstalled();
  const child = spawn(PINNED_NODE, [join(ROOT, entry), ...args], {
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
