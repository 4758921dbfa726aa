import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, signIn, signUp } from '@byline/testkit/person.ts';
import {
  ClientEvent,
  createClient,
  EventType,
  type MatrixClient,
  type MatrixEvent,
  MatrixEventEvent,
  MemoryStore,
  Preset,
  RoomEvent,
  SyncState,
} from 'matrix-js-sdk';
import {
  CryptoEvent,
  type Verifier,
  VerifierEvent,
  VerificationPhase,
  type VerificationRequest,
  VerificationRequestEvent,
} from 'matrix-js-sdk/lib/crypto-api/index.js';
import { logger, type Logger } from 'matrix-js-sdk/lib/logger.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { startWholeServer } from './whole-server.ts';

const say = (): void => undefined;
const SILENT: Logger = { trace: say, debug: say, info: say, warn: say, error: say, getChild: () => SILENT };
// Some parts of it use this one, whatever they are given.
Object.assign(logger, SILENT, { log: say });

const SAS = 'm.sas.v1';

/** A device that nobody here wrote, which encrypts and decrypts by itself. */
const startDevice = async (server: TestServer, person: Person): Promise<MatrixClient> => {
  const client = createClient({
    baseUrl: server.url,
    userId: person.userId,
    deviceId: person.deviceId,
    accessToken: person.token,
    store: new MemoryStore(),
    logger: SILENT,
    verificationMethods: [SAS],
    cryptoCallbacks: {},
  });
  await client.initRustCrypto({ useIndexedDB: false });
  const prepared = new Promise<void>((resolve) => {
    client.on(ClientEvent.Sync, (state) => {
      if (state === SyncState.Prepared) resolve();
    });
  });
  await client.startClient({ lazyLoadMembers: true });
  await prepared;
  return client;
};

/** The message of that text, once a device has it and can read it. */
const read = (client: MatrixClient, body: string): Promise<MatrixEvent> =>
  new Promise((resolve) => {
    const look = (event: MatrixEvent): void => {
      if (event.getContent()['body'] !== body) return;
      client.off(MatrixEventEvent.Decrypted, look);
      client.off(RoomEvent.Timeline, look);
      resolve(event);
    };
    client.on(MatrixEventEvent.Decrypted, look);
    client.on(RoomEvent.Timeline, look);
  });

/** A user's coming into a room, as another sees it. */
const arrival = (client: MatrixClient, userId: string): Promise<void> =>
  new Promise((resolve) => {
    const look = (event: MatrixEvent): void => {
      if (event.getStateKey() !== userId || event.getContent()['membership'] !== 'join') return;
      client.off(RoomEvent.Timeline, look);
      resolve();
    };
    client.on(RoomEvent.Timeline, look);
  });

/** The library itself holds none of these, so that they would be gone before they are done. */
const held = new Set<VerificationRequest | Verifier>();

const phaseReached = (request: VerificationRequest, phase: VerificationPhase): Promise<void> =>
  new Promise((resolve) => {
    held.add(request);
    const look = (): void => {
      if (request.phase !== phase) return;
      request.off(VerificationRequestEvent.Change, look);
      resolve();
    };
    request.on(VerificationRequestEvent.Change, look);
    look();
  });

/** Compares the emoji and finds them the same; which they are. */
const compare = (verifier: Verifier): Promise<string> =>
  new Promise((resolve, reject) => {
    held.add(verifier);
    verifier.once(VerifierEvent.ShowSas, (sas) => {
      sas.confirm().then(() => resolve(JSON.stringify(sas.sas.emoji)), reject);
    });
    verifier.verify().catch(reject);
  });

const trustOf = async (viewer: MatrixClient, device: MatrixClient) =>
  viewer.getCrypto()?.getDeviceVerificationStatus(device.getSafeUserId(), device.getDeviceId() ?? '');

const encryptedBy = (speaker: MatrixClient) => ({
  sender: speaker.getSafeUserId(),
  type: 'm.room.encrypted',
  hides: true,
});

describe.each(ENGINES)('matrix-js-sdk talks encrypted on %s', (engine) => {
  let server: TestServer;
  let desktop: MatrixClient;
  let phone: MatrixClient;
  let bob: MatrixClient;
  let roomId: string;

  beforeAll(async () => {
    server = await startWholeServer(engine);
    desktop = await startDevice(server, await signUp(server, 'ada'));
    bob = await startDevice(server, await signUp(server, 'bob'));
  });

  afterAll(async () => {
    for (const client of [desktop, phone, bob]) client.stopClient();
    await server.dispose();
  });

  /** Says something; by whom each of the listeners hears it, and as what it went over the wire. */
  const heardBy = async (speaker: MatrixClient, listeners: readonly MatrixClient[], body: string) => {
    const heard = listeners.map((listener) => read(listener, body));
    await speaker.sendTextMessage(roomId, body);
    return (await Promise.all(heard)).map((event) => ({
      sender: event.getSender(),
      type: event.getWireType(),
      hides: !JSON.stringify(event.event).includes(body),
    }));
  };

  test('what one says, the other can read, and the server can not', async () => {
    const encryption = {
      type: EventType.RoomEncryption,
      state_key: '',
      content: { algorithm: 'm.megolm.v1.aes-sha2' },
    };
    const invite = [bob.getSafeUserId()];
    const room = { preset: Preset.TrustedPrivateChat, invite, initial_state: [encryption] };
    ({ room_id: roomId } = await desktop.createRoom(room));
    const arrived = arrival(desktop, bob.getSafeUserId());
    await bob.joinRoom(roomId);
    await arrived;
    expect(await heardBy(desktop, [bob], 'Nobody else reads this')).toEqual([encryptedBy(desktop)]);
    expect(await heardBy(bob, [desktop], 'I did')).toEqual([encryptedBy(bob)]);
  });

  test('a device that comes later is heard of, and reads what is said from then on', async () => {
    const noticed = new Promise<void>((resolve) => {
      bob.on(CryptoEvent.DevicesUpdated, (userIds) => {
        if (userIds.includes(desktop.getSafeUserId())) resolve();
      });
    });
    phone = await startDevice(server, await signIn(server, 'ada'));
    await noticed;
    expect(await heardBy(bob, [desktop, phone], 'To both of you')).toEqual([encryptedBy(bob), encryptedBy(bob)]);
    expect(await heardBy(phone, [desktop, bob], 'From my phone')).toEqual([encryptedBy(phone), encryptedBy(phone)]);
  });

  test('two devices of one person compare emoji, and then the other person trusts both by one key', async () => {
    for (const client of [desktop, bob]) {
      await client.getCrypto()?.bootstrapCrossSigning({
        authUploadDeviceSigningKeys: async (upload) => {
          await upload(null);
        },
      });
    }
    expect((await trustOf(bob, desktop))?.signedByOwner).toBe(true);
    expect((await trustOf(bob, phone))?.signedByOwner).toBe(false);
    const asked = new Promise<VerificationRequest>((resolve) => {
      desktop.once(CryptoEvent.VerificationRequestReceived, resolve);
    });
    const asking = await phone.getCrypto()?.requestOwnUserVerification();
    const answering = await asked;
    await answering.accept();
    if (asking === undefined) throw new Error('The phone could not ask.');
    await phaseReached(asking, VerificationPhase.Ready);
    const verifier = await asking.startVerification(SAS);
    await phaseReached(answering, VerificationPhase.Started);
    if (answering.verifier === undefined) throw new Error('The comparison did not begin.');
    const emoji = await Promise.all([compare(verifier), compare(answering.verifier)]);
    expect(emoji[0]).toBe(emoji[1]);
    const noticed = new Promise<void>((resolve) => {
      const look = (): void => {
        void trustOf(bob, phone).then((trust) => (trust?.signedByOwner === true ? resolve() : undefined));
      };
      bob.on(CryptoEvent.DevicesUpdated, look);
      look();
    });
    await Promise.all([asking, answering].map((request) => phaseReached(request, VerificationPhase.Done)));
    await noticed;
    expect(await heardBy(bob, [desktop, phone], 'I know both of them')).toEqual([encryptedBy(bob), encryptedBy(bob)]);
  });
});
