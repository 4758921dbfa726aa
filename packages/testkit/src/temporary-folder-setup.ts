import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const NAME = 'byline-tests-';

/** Vitest's global setup: whatever the tests of a run make in the system's folder for temporary files is gone when it ends. */
export default async function temporaryFolderSetup(): Promise<() => Promise<void>> {
  const usual = tmpdir();
  // Each project of the run sets up; one folder is enough, and Chromium bears no long path to its socket.
  if (basename(usual).startsWith(NAME)) return async () => {};
  const folder = await mkdtemp(join(usual, NAME));
  // As the usual one: PostgreSQL runs as another user, and deletes the folder of its own that it has in this one.
  await chmod(folder, 0o1777);
  process.env['TMPDIR'] = folder;
  return async () => {
    process.env['TMPDIR'] = usual;
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
}
