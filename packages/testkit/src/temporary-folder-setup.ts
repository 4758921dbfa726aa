import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Vitest's global setup: whatever the tests of a run make in the system's folder for temporary files is gone when it ends. */
export default async function temporaryFolderSetup(): Promise<() => Promise<void>> {
  const usual = tmpdir();
  const folder = await mkdtemp(join(usual, 'byline-tests-'));
  // PostgreSQL runs as another user, in a folder of its own in this one.
  await chmod(folder, 0o711);
  process.env['TMPDIR'] = folder;
  return async () => {
    process.env['TMPDIR'] = usual;
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
}
