import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { emptyDataFolder, NotADemo } from './data-folder.ts';

describe('the data folder of the demo', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'byline-demo-folder-'));
  });

  it('is made where there is none', async () => {
    const made = join(folder, 'deep/down');
    await emptyDataFolder(made);
    expect(await readdir(made)).toEqual(['THIS-IS-A-DEMO.txt']);
  });

  it('loses what an earlier demo left in it', async () => {
    await emptyDataFolder(folder);
    await writeFile(join(folder, 'byline.sqlite'), 'made up');
    await emptyDataFolder(folder);
    expect(await readdir(folder)).toEqual(['THIS-IS-A-DEMO.txt']);
  });

  it('loses nothing that no demo has made', async () => {
    await writeFile(join(folder, 'byline.sqlite'), 'somebody’s life');
    await expect(emptyDataFolder(folder)).rejects.toThrow(NotADemo);
    expect(await readdir(folder)).toEqual(['byline.sqlite']);
  });
});
