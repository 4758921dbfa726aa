import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../apps/server/src/main.ts', import.meta.url));
const NODE_OPTIONS_FILE = new URL('../../../apps/server/node-options.json', import.meta.url);
const READY = 'Byline is at ';
const LONGEST_START_MS = 20_000;

/** Byline as people run it: a process of its own, on 127.0.0.1. */
export interface ServerProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** All that it has printed so far. */
  readonly printed: () => string;
  /** Ends it as a power cut would: at once, with nothing tidied up. */
  readonly kill: () => Promise<void>;
  /** Tells it to stop, and resolves with its exit code. */
  readonly stop: () => Promise<number | null>;
}

export interface ServerProcessOptions {
  readonly dataFolder: string;
  /** Where it listens; the same after each start, so that clients find it again. */
  readonly port: number;
  /** Absent: SQLite in the data folder. */
  readonly databaseUrl?: string | undefined;
  readonly settings?: Readonly<Partial<Record<`BYLINE_${string}`, string>>>;
  /** What Node itself is told, such as `--import`. */
  readonly nodeOptions?: readonly string[];
}

/** Starts `main.ts` and resolves when it takes requests; rejects with what it printed when it ends before that. */
export const startServerProcess = async (options: ServerProcessOptions): Promise<ServerProcess> => {
  const child = spawn(process.execPath, [...nodeOptionsOf(options), MAIN], {
    env: environmentOf(options),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const exited = once(child, 'exit');
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => (printed += chunk));
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> => {
    child.kill(signal);
    await exited;
    return child.exitCode;
  };
  try {
    await ready(child);
  } catch (error) {
    await end('SIGKILL');
    throw error;
  }
  return {
    url: `http://127.0.0.1:${options.port}`,
    child,
    printed: () => printed,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  };
};

const environmentOf = ({ dataFolder, port, databaseUrl, settings }: ServerProcessOptions) => ({
  ...process.env,
  BYLINE_HOST: '127.0.0.1',
  BYLINE_PORT: String(port),
  BYLINE_SERVER_NAME: 'byline.test',
  BYLINE_DATA: dataFolder,
  BYLINE_RATE_LIMITS: 'off',
  ...(databaseUrl === undefined ? {} : { BYLINE_DATABASE_URL: databaseUrl }),
  ...settings,
});

const ready = (child: ChildProcess): Promise<void> => {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let printed = '';
  const listen = (chunk: string): void => {
    printed += chunk;
    if (printed.includes(READY)) resolve();
  };
  const tooLate = setTimeout(() => reject(new Error(`Byline did not start in time:\n${printed}`)), LONGEST_START_MS);
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', listen);
  child.on('error', reject);
  child.on('exit', () => reject(new Error(`Byline ended while it started:\n${printed}`)));
  return promise.finally(() => clearTimeout(tooLate));
};

/** As people run it, and what a measurement adds. */
const nodeOptionsOf = ({ nodeOptions = [] }: ServerProcessOptions): string[] => [
  ...(JSON.parse(readFileSync(NODE_OPTIONS_FILE, 'utf8')) as string[]),
  ...nodeOptions,
];
