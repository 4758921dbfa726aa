import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What says of a folder that its contents may go. */
const MARK = 'THIS-IS-A-DEMO.txt';
const EXPLANATION = 'Everything in this folder is made up, and deleted whenever "npm run demo" starts.\n';

/** The folder holds something that no demo has made. */
export class NotADemo extends Error {
  override readonly name = 'NotADemo';
}

/** Makes an empty data folder. What an earlier demo left there goes; anything else stays. Throws `NotADemo`. */
export const emptyDataFolder = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true });
  const present = await readdir(folder);
  if (present.length > 0 && !present.includes(MARK)) throw new NotADemo(folder);
  for (const name of present) await rm(join(folder, name), { recursive: true, force: true });
  await writeFile(join(folder, MARK), EXPLANATION);
};
