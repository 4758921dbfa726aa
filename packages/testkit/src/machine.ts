import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program that the tests need and that no npm package brings. */
export interface Part {
  readonly name: string;
  /** The Debian package that brings it. */
  readonly debianPackage: string;
  /** Absolute path of the program, or undefined when this machine lacks it. */
  readonly find: () => string | undefined;
}

const POSTGRES_FOLDERS = '/usr/lib/postgresql';
const OLDEST_POSTGRES = 14;

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function findInPath(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/** Debian keeps the server's programs out of PATH, one folder for each major version; the newest wins. */
function findPostgres(): string | undefined {
  let versions: string[] = [];
  try {
    versions = readdirSync(POSTGRES_FOLDERS);
  } catch {
    // No such folder: this is not Debian, or nothing is installed.
  }
  const usable = versions.map(Number).filter((version) => version >= OLDEST_POSTGRES);
  return (
    usable
      .toSorted((a, b) => b - a)
      .map((version) => join(POSTGRES_FOLDERS, String(version), 'bin/postgres'))
      .find(isExecutable) ?? findInPath('postgres')
  );
}

export const PARTS = {
  postgres: { name: `PostgreSQL ${OLDEST_POSTGRES} or newer`, debianPackage: 'postgresql', find: findPostgres },
  chromium: {
    name: 'Chromium',
    debianPackage: 'chromium',
    find: () => ['chromium', 'chromium-browser', 'google-chrome'].map(findInPath).find((path) => path !== undefined),
  },
  espeak: { name: 'espeak-ng', debianPackage: 'espeak-ng', find: () => findInPath('espeak-ng') },
  ffmpeg: { name: 'ffmpeg', debianPackage: 'ffmpeg', find: () => findInPath('ffmpeg') },
} as const satisfies Record<string, Part>;

/** The sentence that names what is missing and the command that installs it. */
export function howToInstall(parts: readonly Part[]): string {
  const names = parts.map((part) => part.name).join(', ');
  const packages = parts.map((part) => part.debianPackage).join(' ');
  return `The tests need ${names}. On Debian: sudo apt-get install ${packages}`;
}

/** Absolute path of a program that a test is about to run; throws with the command that installs it. */
export function requirePart(part: Part): string {
  const path = part.find();
  if (path === undefined) throw new Error(howToInstall([part]));
  return path;
}

/** What this machine lacks, in the order of the table. */
export function missingParts(): Part[] {
  return Object.values(PARTS).filter((part) => part.find() === undefined);
}
