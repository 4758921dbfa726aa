import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** This file and what it imports run on the machine's own Node; everything else runs on the pinned one. */
const OLDEST_NODE = [20, 19];

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
export const PINNED_NODE = join(ROOT, 'node_modules/node/bin/node');

const LOCK = join(ROOT, 'package-lock.json');
const STAMP = join(ROOT, 'node_modules/.byline-install');

/** @param {string} message @returns {never} */
export function giveUp(message) {
  console.error(message);
  process.exit(1);
}

/** The environment of a child that finds the pinned Node and the installed tools first. */
export function toolEnvironment() {
  return { ...process.env, PATH: [join(ROOT, 'node_modules/.bin'), process.env.PATH].join(delimiter) };
}

function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  giveUp(
    `Byline needs Node ${OLDEST_NODE.join('.')} or newer to install itself; this is ${process.versions.node}. See https://nodejs.org/en/download`,
  );
}

const lockHash = () => createHash('sha256').update(readFileSync(LOCK)).digest('hex');

function isInstalled() {
  return existsSync(STAMP) && existsSync(PINNED_NODE) && readFileSync(STAMP, 'utf8') === lockHash();
}

/**
 * Installs the packages when they are missing or other than the lock file's.
 * `npm ci` refuses a lock file that leaves out other platforms' optional binaries, so it is `npm install`, which `--no-save` keeps from rewriting the lock.
 */
export function ensureInstalled() {
  refuseOldNode();
  if (isInstalled()) return;
  console.log('Installing packages; the first time takes about a minute …');
  const npm = spawnSync(
    'npm',
    ['install', '--no-audit', '--no-fund', '--no-save', '--include=dev', '--loglevel=error'],
    {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  if (npm.error) giveUp(`npm could not be started: ${npm.error.message}`);
  if (npm.status !== 0) giveUp('The packages could not be installed. Run "npm install" to see the whole story.');
  if (!existsSync(PINNED_NODE))
    giveUp(
      'The package "node" did not bring its binary. Run "npm rebuild node --ignore-scripts=false", then try again.',
    );
  writeFileSync(STAMP, lockHash());
}
