import {
  ClientEvent,
  createClient,
  IndexedDBStore,
  MemoryStore,
  type MatrixClient,
  PendingEventOrdering,
  SyncState,
} from 'matrix-js-sdk';
import { logger } from 'matrix-js-sdk/lib/logger.js';
import type { Logger } from 'matrix-js-sdk/lib/logger.js';
import { unsentPrefix } from '../composer/kept-unsent.ts';
import { deleteDatabase } from '../crypto/key-store.ts';
import { keepSecretKeys, SecretKeys } from '../crypto/secret-keys.ts';
import { startCrypto, verificationMethods } from '../crypto/session-crypto.ts';
import type { KeptText } from '../kept-text.ts';
import type { Connection } from './signed-in.ts';

export interface MatrixParts {
  readonly baseUrl: string;
  readonly userId: string;
  readonly deviceId: string;
  /** Signs requests in, and renews the tokens. */
  readonly fetch: typeof fetch;
  readonly kept: KeptText;
  readonly onConnection: (connection: Connection) => void;
}

/** The lightest question that a server answers. */
const VERSIONS = '/_matrix/client/versions';
/** Events of each room in the first sync: enough for the list and for the first screen of a short talk. */
const FIRST_EVENTS = 20;

const CONNECTIONS: Readonly<Record<SyncState, Connection>> = {
  [SyncState.Prepared]: 'online',
  [SyncState.Syncing]: 'online',
  [SyncState.Catchup]: 'connecting',
  [SyncState.Reconnecting]: 'offline',
  [SyncState.Error]: 'offline',
  [SyncState.Stopped]: 'offline',
};

/** The library tells much of what people do; none of it belongs into a log. */
const silent = (): void => undefined;
const SILENT: Logger = {
  trace: silent,
  debug: silent,
  info: silent,
  warn: silent,
  error: silent,
  getChild: () => SILENT,
};
// Some parts of it use this one, whatever they are given.
Object.assign(logger, SILENT);

const databaseOf = (userId: string): string => `byline:${userId}`;

/**
 * Builds the client and lets it begin to sync. What it knows is kept in the browser, so that a reload is quick.
 * Only one tab may do so at a time: see `Seat`.
 */
export async function startMatrix(parts: MatrixParts): Promise<MatrixClient> {
  const store = storeOf(parts);
  const secretKeys = new SecretKeys();
  const client = createClient({
    baseUrl: parts.baseUrl,
    userId: parts.userId,
    deviceId: parts.deviceId,
    // The real token is set by `fetch`; the library only wants to know that there is one.
    accessToken: 'set by fetch',
    fetchFn: parts.fetch,
    store,
    timelineSupport: true,
    disableVoip: true,
    cryptoCallbacks: secretKeys.callbacks,
    verificationMethods: await verificationMethods(),
    logger: SILENT,
  });
  keepSecretKeys(client, secretKeys);
  // There are no calls; the library would ask the server for them at each start.
  client._unstable_getRTCTransports = () => Promise.resolve([]);
  client.on(ClientEvent.Sync, (state) => parts.onConnection(CONNECTIONS[state]));
  const ignoreNetwork = heedNetwork(client, parts);
  onStop.set(client, ignoreNetwork);
  const encryption = startCrypto(client, parts);
  try {
    await store.startup();
  } catch {
    // A browser may forbid or break it. Then the app begins anew at each reload, and nothing else is lost.
    client.store = new MemoryStore();
  }
  await encryption;
  await client.startClient({
    initialSyncLimit: FIRST_EVENTS,
    lazyLoadMembers: true,
    pendingEventOrdering: PendingEventOrdering.Detached,
    threadSupport: true,
    disablePresence: true,
  });
  return client;
}

/** A waiting request notices late that the network is gone, and the library waits long before it tries again. */
function heedNetwork(client: MatrixClient, { baseUrl, fetch: ask, onConnection }: MatrixParts): () => void {
  if (typeof addEventListener !== 'function') return () => undefined;
  const gone = new AbortController();
  const { signal } = gone;
  addEventListener('offline', () => onConnection('offline'), { signal });
  addEventListener(
    'online',
    () => {
      client.retryImmediately();
      ask(`${baseUrl}${VERSIONS}`, { signal }).then(
        ({ ok }) => onConnection(ok ? 'online' : 'offline'),
        // The library goes on trying, and tells when it gets through.
        () => undefined,
      );
    },
    { signal },
  );
  return () => gone.abort();
}

const onStop = new WeakMap<MatrixClient, () => void>();

/** Stops syncing. What is not sent stays kept. */
export async function stopMatrix(client: MatrixClient): Promise<void> {
  client.stopClient();
  client.removeAllListeners();
  await client.store.save(true);
  onStop.get(client)?.();
}

/** Deletes what was kept of an account in this browser. */
export function forgetMatrix(userId: string, kept: KeptText): Promise<void> {
  storageIn(kept, unsentPrefix(userId)).clear();
  if (!hasIndexedDb()) return Promise.resolve();
  // The library prefixes the name.
  return deleteDatabase(`matrix-js-sdk:${databaseOf(userId)}`);
}

/** What is not sent yet is kept elsewhere: see `KeptUnsent`. */
class LastingStore extends IndexedDBStore {
  override setPendingEvents = (): Promise<void> => Promise.resolve();
  override getPendingEvents = (): Promise<never[]> => Promise.resolve([]);
}

function storeOf({ userId, kept }: MatrixParts): MemoryStore | IndexedDBStore {
  if (!hasIndexedDb()) return new MemoryStore();
  const localStorage = storageIn(kept, unsentPrefix(userId));
  return new LastingStore({ indexedDB, localStorage, dbName: databaseOf(userId) });
}

/** A part of what is kept, in the shape that the library wants; each account has its own. */
function storageIn(kept: KeptText, prefix: string): Storage {
  const keys = (): readonly string[] => kept.keys().filter((key) => key.startsWith(prefix));
  return {
    get length() {
      return keys().length;
    },
    key: (index) => keys()[index]?.slice(prefix.length) ?? null,
    getItem: (key) => kept.read(prefix + key) ?? null,
    setItem: (key, value) => kept.write(prefix + key, value),
    removeItem: (key) => kept.remove(prefix + key),
    clear: () => {
      for (const key of keys()) kept.remove(key);
    },
  };
}

const hasIndexedDb = (): boolean => typeof indexedDB !== 'undefined';
