import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A secret of one line that only this server's user may read: kept in the data folder, and made there at the first start. */
export const readSecret = async (dataFolder: string, name: string, make: () => string): Promise<string> => {
  const path = join(dataFolder, name);
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const made = make();
  try {
    await writeFile(path, `${made}\n`, { flag: 'wx', mode: 0o600 });
    return made;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    return (await readFile(path, 'utf8')).trim();
  }
};
