import type { JsonObject } from '@byline/protocol';
import { uploadMedia } from '@byline/protocol/matrix/media.ts';
import type { MatrixClient, Room } from 'matrix-js-sdk';
import type { Api } from '../api/api.ts';
import type { UploadOptions } from '../api/upload.ts';
import { isEncryptedRoom } from '../crypto/encrypted-room.ts';
import { type EncryptedFile, encryptFile } from '../media/encrypted-file.ts';
import type { Media } from '../media/media.ts';
import { personIn } from '../messages/people.ts';
import { contentOf } from '../messages/content.ts';
import { type Observable, Source } from '../observable.ts';
import type { Place } from '../threads/place.ts';
import type { Message } from '../timeline/message.ts';
import { thumbnailOf } from './attachment.ts';
import { type Answered, asMessage, fileContent, sealedFileContent, type Sendable } from './contents.ts';

interface Parcel {
  readonly key: string;
  readonly sendable: Sendable;
  readonly answered: Answered | undefined;
  /** Its file, as it is shown while it goes up. */
  readonly localUrl: string;
  readonly at: number;
  readonly state: 'sending' | 'failed';
  readonly progress: number;
  readonly stop: AbortController;
}

interface Parts {
  readonly client: MatrixClient;
  readonly api: Api;
  readonly media: Media;
  readonly room: Room;
  readonly place: Place;
}

/**
 * Files on their way into a conversation, or into one of its threads. Each stands there as a message from the start, under the key that it keeps
 * when it has arrived. They go up one after the other, so they arrive as they were chosen.
 */
export class Outbox {
  readonly #parts: Parts;
  readonly #parcels = new Source<readonly Parcel[]>([]);
  readonly #messages = new Source<readonly Message[]>([]);
  #turn: Promise<void> = Promise.resolve();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#parcels.subscribe(() => this.#messages.set(this.#parcels.get().map((parcel) => this.#messageOf(parcel))));
  }

  get messages(): Observable<readonly Message[]> {
    return this.#messages;
  }

  has(key: string): boolean {
    return this.#parcels.get().some((parcel) => parcel.key === key);
  }

  send(sendable: Sendable, answered?: Answered): void {
    const { client, media } = this.#parts;
    const key = client.makeTxnId();
    const localUrl = media.showLocally(key, sendable.file);
    const stop = new AbortController();
    const parcel = { key, sendable, answered, localUrl, at: Date.now(), state: 'sending', progress: 0, stop } as const;
    this.#parcels.update((parcels) => [...parcels, parcel]);
    this.#enqueue(key);
  }

  /** Tries again what could not be sent. */
  retry(key: string): void {
    this.#change(key, { state: 'sending', progress: 0, stop: new AbortController() });
    this.#enqueue(key);
  }

  /** Tries again all that could not be sent, after the connection is back. */
  retryAll(): void {
    for (const { key, state } of this.#parcels.get()) {
      if (state === 'failed') this.retry(key);
    }
  }

  /** Takes a file back that is not sent yet. */
  cancel(key: string): void {
    const parcel = this.#find(key);
    parcel?.stop.abort();
    this.#parcels.update((parcels) => parcels.filter((each) => each.key !== key));
  }

  #enqueue(key: string): void {
    this.#turn = this.#turn.then(() => this.#carry(key));
  }

  async #carry(key: string): Promise<void> {
    const parcel = this.#find(key);
    if (parcel === undefined || parcel.state !== 'sending') return;
    const { client, room, place } = this.#parts;
    try {
      const isEncrypted = await isEncryptedRoom(client, room);
      const content = isEncrypted ? await this.#putSealed(parcel) : await this.#put(parcel);
      if (this.#find(key) === undefined) return;
      // From here on the event stands in its place; when sending it fails, it says so itself.
      client.sendMessage(room.roomId, place.threadId, asMessage(content), key).catch(() => undefined);
      this.#parcels.update((parcels) => parcels.filter((each) => each.key !== key));
    } catch {
      this.#change(key, { state: 'failed' });
    }
  }

  /** Puts the file where everybody in the room can fetch it. Gives the message that shows it. */
  async #put({ key, sendable, answered, stop }: Parcel): Promise<JsonObject> {
    const { api, media } = this.#parts;
    const query = { filename: sendable.name };
    const { content_uri: url } = await api.upload(uploadMedia, { query }, sendable.file, this.#watched(key, stop));
    media.remember(url, sendable.file);
    return fileContent(sendable, url, answered);
  }

  /** The same, encrypted: the server learns neither what it is nor what it is called. */
  async #putSealed({ key, sendable, answered, stop }: Parcel): Promise<JsonObject> {
    const small = await thumbnailOf(sendable);
    const thumbnail = small && (await this.#seal(small, { signal: stop.signal }));
    const whole = await this.#seal(sendable.file, this.#watched(key, stop));
    return sealedFileContent(sendable, { whole, thumbnail }, answered);
  }

  async #seal(file: Blob, options: UploadOptions): Promise<EncryptedFile> {
    const { api, media } = this.#parts;
    const { data, place } = await encryptFile(file);
    const { content_uri: url } = await api.upload(uploadMedia, {}, data, options);
    media.remember(url, file);
    return { url, ...place };
  }

  #watched(key: string, stop: AbortController): UploadOptions {
    return { onProgress: (progress) => this.#change(key, { progress }), signal: stop.signal };
  }

  #find(key: string): Parcel | undefined {
    return this.#parcels.get().find((parcel) => parcel.key === key);
  }

  #change(key: string, change: Partial<Parcel>): void {
    this.#parcels.update((parcels) => parcels.map((each) => (each.key === key ? { ...each, ...change } : each)));
  }

  #messageOf({ key, sendable, answered, localUrl, at, state, progress }: Parcel): Message {
    const { client, room } = this.#parts;
    const content = contentOf({
      type: 'm.room.message',
      content: fileContent(sendable, localUrl),
      isRedacted: false,
    });
    return {
      key,
      id: key,
      sender: personIn(client, room, client.getSafeUserId()),
      own: true,
      at,
      content: content ?? { kind: 'text', plain: sendable.name },
      edited: false,
      ...(answered !== undefined && { quote: { id: answered.id, sender: answered.sender } }),
      reactions: [],
      state,
      mayEdit: false,
      mayDelete: true,
      ...(state === 'sending' && { progress }),
    };
  }
}
