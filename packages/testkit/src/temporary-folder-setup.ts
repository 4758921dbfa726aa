import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Vitest's global setup: whatever the tests of a run make in the system's folder for temporary files is gone when it ends. */
export default async function temporaryFolderSetup(): Promise<() => Promise<void>> {
  const usual = tmpdir();
  const folder = await mkdtemp(join(usual, 'byline-tests-'));
  // As the usual one: PostgreSQL runs as another user, and deletes the folder of its own that it has in this one.
  await chmod(folder, 0o1777);
  process.env['TMPDIR'] = folder;
  return async () => {
    process.env['TMPDIR'] = usual;
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
}
