import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '@byline/testkit/free-port.ts';
import { startServerProcess } from '@byline/testkit/server-process.ts';
import type { FloorPlan } from '../process/floor.ts';
import { MEASURED } from '../process/measured.ts';
import type { Site } from './world.ts';

/** A server process that tells what it uses: Byline, or the floor. */
export interface MeasuredServer {
  readonly port: number;
  readonly child: ChildProcess;
  readonly stop: () => Promise<unknown>;
}

const FLOOR = fileURLToPath(new URL('../process/floor.ts', import.meta.url));

/** Byline as people run it, on data that is there already. */
export const startByline = async (site: Site): Promise<MeasuredServer> => {
  const port = await freePort();
  const server = await startServerProcess({ ...site, port, nodeOptions: MEASURED });
  return { port, child: server.child, stop: server.stop };
};

/** The bare server that answers the same bytes. */
export const startFloor = async (plan: Omit<FloorPlan, 'port'>): Promise<MeasuredServer> => {
  const port = await freePort();
  const folder = await freshFolder();
  const file = join(folder, 'plan.json');
  await writeFile(file, JSON.stringify({ ...plan, port }));
  const child = fork(FLOOR, [file], { execArgv: [...MEASURED] });
  await once(child, 'message');
  const stop = async (): Promise<void> => {
    child.kill();
    await once(child, 'exit');
    await rm(folder, { recursive: true, force: true });
  };
  return { port, child, stop };
};

const folders: string[] = [];
process.on('exit', () => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A folder of its own, which is gone when the benchmark ends, however it ends. */
export const freshFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'byline-bench-'));
  folders.push(folder);
  return folder;
};
