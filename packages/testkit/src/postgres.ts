import { execFile, execFileSync, spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';
import { PARTS, requirePart } from './machine.ts';

const run = promisify(execFile);

export interface PostgresOptions {
  /** Off only where durability is not what is tested. */
  readonly fsync?: boolean;
}

export interface PostgresServer {
  /** Connection string of one of its databases; the database `postgres` is always there. */
  readonly url: (database: string) => string;
  /** Makes an empty database and gives its connection string. */
  readonly createDatabase: () => Promise<string>;
  /** Stops the server and deletes its folder. */
  readonly stop: () => Promise<void>;
}

interface Account {
  readonly uid: number;
  readonly gid: number;
}

type Keeper = ChildProcessByStdio<Writable, Readable, null>;

const ACCOUNTS = ['postgres', 'nobody'];
const READY = 'database system is ready to accept connections';
/** The free port may be taken between the probe and the start. */
const START_ATTEMPTS = 3;

/**
 * The server's keeper: a shell in a session of its own that stops the server and deletes its folder when its standard input ends.
 * So `stop` works, and so nothing is left when the test process is killed, because the kernel then closes the pipe.
 * It closes its own output, so that the output ends when the server does.
 */
const KEEPER = `
folder=$1; program=$2; shift 2
"$program" -D "$folder/data" "$@" 2>&1 </dev/null &
server=$!
exec >&-
read -r _
kill -QUIT "$server" 2>/dev/null
wait "$server"
cd / && rm -rf "$folder"
`;

/** PostgreSQL refuses to run as root, so root starts it as another account of this machine. */
function unprivilegedAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ACCOUNTS) {
    try {
      const id = (flag: string): number =>
        Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // This machine has no such account; the next one may be there.
    }
  }
  throw new Error(`PostgreSQL does not run as root, and this machine has none of the accounts ${ACCOUNTS.join(', ')}.`);
}

function initialise(bin: string, folder: string, password: string, account: Account | undefined): void {
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account !== undefined) for (const path of [folder, passwordFile]) chownSync(path, account.uid, account.gid);
  const options = ['--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--no-sync'];
  const texts = ['--encoding=UTF8', '--locale=C.UTF-8'];
  execFileSync(join(bin, 'initdb'), ['-D', join(folder, 'data'), ...options, ...texts], {
    ...account,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

function spawnKeeper(bin: string, folder: string, port: number, fsync: boolean, account?: Account): Keeper {
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 300,
    fsync: fsync ? 'on' : 'off',
    lc_messages: 'C',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return spawn('sh', ['-c', KEEPER, 'postgres-keeper', folder, join(bin, 'postgres'), ...flags], {
    ...account,
    cwd: folder,
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
}

/** Waits for the server's word that it takes connections; rejects with its log when it ends before that. */
function ready(keeper: Keeper): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let log = '';
  const listen = (chunk: string): void => {
    log += chunk;
    if (log.includes(READY)) resolve();
  };
  keeper.on('error', reject);
  keeper.stdout.setEncoding('utf8').on('data', listen);
  keeper.stdout.on('end', () => reject(new Error(`PostgreSQL did not start:\n${log}`)));
  return promise.finally(() => keeper.stdout.off('data', listen).resume());
}

/** The server's life must not keep the test process alive. */
function release(keeper: Keeper): void {
  keeper.unref();
  for (const stream of [keeper.stdin, keeper.stdout]) if (stream instanceof Socket) stream.unref();
}

async function stopKeeper(keeper: Keeper): Promise<void> {
  if (keeper.exitCode !== null || keeper.signalCode !== null) return;
  keeper.ref();
  const exited = once(keeper, 'exit');
  keeper.stdin.end();
  await exited;
}

/**
 * Makes an empty database and gives its connection string.
 * @param server connection string of any database of the same server, whose user may create databases
 */
export async function createDatabase(server: string): Promise<string> {
  const url = new URL(server);
  const database = `test_${randomBytes(8).toString('hex')}`;
  const psql = join(dirname(requirePart(PARTS.postgres)), 'psql');
  const login = { PGHOST: url.hostname, PGPORT: url.port, PGUSER: url.username, PGPASSWORD: url.password };
  await run(psql, ['--no-psqlrc', '--quiet', '--command', `CREATE DATABASE ${database}`, 'postgres'], {
    env: { ...process.env, ...login },
  });
  url.pathname = database;
  return url.href;
}

async function startOnce(bin: string, fsync: boolean): Promise<PostgresServer> {
  const account = unprivilegedAccount();
  const password = randomBytes(16).toString('hex');
  const folder = mkdtempSync(join(tmpdir(), 'byline-postgres-'));
  const port = await freePort();
  try {
    initialise(bin, folder, password, account);
  } catch (error) {
    rmSync(folder, { recursive: true });
    throw error;
  }
  const keeper = spawnKeeper(bin, folder, port, fsync, account);
  try {
    await ready(keeper);
  } catch (error) {
    await stopKeeper(keeper);
    throw error;
  }
  release(keeper);
  const url = (database: string): string => `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;
  return { url, createDatabase: () => createDatabase(url('postgres')), stop: () => stopKeeper(keeper) };
}

/**
 * Starts a real PostgreSQL from this machine's binaries on a free port of 127.0.0.1, in a temporary folder, also as root.
 * It stops and its folder goes when `stop` is called or this process ends, however it ends.
 */
export async function startPostgres({ fsync = true }: PostgresOptions = {}): Promise<PostgresServer> {
  const bin = dirname(requirePart(PARTS.postgres));
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(bin, fsync);
    } catch (error) {
      if (attempt === START_ATTEMPTS || !String(error).includes('Address already in use')) throw error;
    }
  }
}
