import type { RoomId } from '@byline/protocol';
import type { AccountDataEntry, Position, ReceiptEntry } from '../../../platform/log/entry.ts';
import type { KeyCounts } from '../../keys/service.ts';
import { mayBeTold, receiptTexts, type Sources, typingText } from '../../sync/service.ts';
import type { OwnDataOfUsers } from '../account-data.ts';
import type { ExtensionResults } from '../answer.ts';
import { isConcerned, roomsToTell } from './extension-rooms.ts';
import type { Looking } from '../look.ts';

const MOST_MESSAGES = 100;

/** What a client will know of what is not told of rooms. */
export interface ToldExtensions {
  readonly results: ExtensionResults;
  /** Whether that is reason enough to answer. */
  readonly hasNews: boolean;
  readonly hasAccountData: boolean;
  readonly keyCounts: KeyCounts | undefined;
}

/** Tells what clients ask for besides rooms. */
export class Extensions {
  readonly #sources: Sources;
  readonly #ownData: OwnDataOfUsers;

  constructor(sources: Sources, ownData: OwnDataOfUsers) {
    this.#sources = sources;
    this.#ownData = ownData;
  }

  /** Everything that is new; the rooms must have been told by then. */
  async tell(looking: Looking): Promise<ToldExtensions> {
    const { known } = looking.wanted;
    const toDevice = await this.#messages(looking);
    const e2ee = await this.#devices(looking);
    const accountData = await this.#accountData(looking);
    const receipts = await this.#receipts(looking);
    const typing = this.#typing(looking);
    const keyCounts = e2ee?.counts ?? known.keyCounts;
    const hasGlobal = accountData !== undefined && accountData.global.length > 0;
    return {
      results: { toDevice, e2ee, accountData, receipts, typing },
      hasNews:
        (toDevice !== undefined && toDevice.events.length > 0) ||
        !isSame(keyCounts, known.keyCounts) ||
        hasDevices(e2ee) ||
        hasGlobal ||
        [accountData?.rooms, receipts, typing].some((rooms) => rooms !== undefined && rooms.size > 0),
      hasAccountData: known.hasAccountData || accountData !== undefined,
      keyCounts,
    };
  }

  async #messages(looking: Looking): Promise<ExtensionResults['toDevice']> {
    const { request } = looking.wanted;
    const asked = request.extensions.to_device;
    const { toDevice } = this.#sources.encryption;
    if (asked?.enabled !== true) return undefined;
    // A place that is ahead of the log is one of another server: what is here is all new.
    const since = asked.since !== null && asked.since !== undefined && asked.since <= looking.upTo ? asked.since : 0;
    if (since > 0) await toDevice.acknowledge(request.device, since);
    const limit = Math.min(asked.limit, MOST_MESSAGES);
    const entries = await toDevice.read(request.device, since, looking.upTo, limit);
    const last = entries.length === limit ? (entries.at(-1)?.position ?? since) : looking.upTo;
    return { nextBatch: last, events: entries.map(({ message }) => JSON.stringify(message)) };
  }

  async #devices(looking: Looking): Promise<ExtensionResults['e2ee']> {
    const { request } = looking.wanted;
    if (request.extensions.e2ee?.enabled !== true) return undefined;
    const { keys } = this.#sources.encryption;
    const counts: KeyCounts = await keys.counts(request.device);
    const { since, upTo, news } = looking;
    if (since === undefined || !news.mayConcernDevices) return { deviceLists: undefined, counts };
    return { deviceLists: await keys.deviceListsBetween(request.device.userId, since, upTo), counts };
  }

  async #accountData(looking: Looking): Promise<ExtensionResults['accountData']> {
    const asked = looking.wanted.request.extensions.account_data;
    const { news, view, wanted, since } = looking;
    const rooms = roomsToTell(looking, asked, 'accountData', news.ownData);
    if (asked?.enabled !== true) return undefined;
    const globalSince = wanted.known.hasAccountData ? since : -1;
    if (rooms.size === 0 && globalSince !== -1 && !news.hasGlobalData) return NO_ACCOUNT_DATA;
    const data = await this.#ownData.of(view);
    const ofRooms = [...rooms]
      .map(([roomId, after]) => [roomId, data.ofRoomSince(roomId, after).map(textOf)] as const)
      .filter(([, events]) => events.length > 0);
    return { global: data.globalSince(globalSince ?? -1).map(textOf), rooms: new Map(ofRooms) };
  }

  async #receipts(looking: Looking): Promise<ReadonlyMap<RoomId, string> | undefined> {
    const asked = looking.wanted.request.extensions.receipts;
    const { news } = looking;
    const rooms = roomsToTell(looking, asked, 'receipts', news.receipts.keys());
    if (asked?.enabled !== true || rooms.size === 0) return undefined;
    const late = [...rooms].filter(([, since]) => since !== looking.since).map(([roomId]) => roomId);
    const stored = late.length === 0 ? [] : await this.#sources.receipts.all(late);
    const ofLate = Map.groupBy(stored, (entry) => entry.roomId);
    const texts = new Map<RoomId, string>();
    for (const [roomId, since] of rooms) {
      const entries = since === looking.since ? news.receipts.get(roomId) : ofLate.get(roomId);
      const [text] = receiptTexts((entries ?? []).filter((entry) => isOfInterest(entry, since, looking)));
      if (text !== undefined) texts.set(roomId, text);
    }
    return texts;
  }

  /** Who types in rooms where that has changed, or which are new to the client; it remembers what is missed. */
  #typing(looking: Looking): ReadonlyMap<RoomId, string> | undefined {
    const asked = looking.wanted.request.extensions.typing;
    const { typing } = this.#sources;
    const texts = new Map<RoomId, string>();
    const tell = (roomId: RoomId): void => {
      const isHeard = looking.view.hears(roomId) && looking.sent(roomId) !== undefined;
      if (!isHeard) return;
      if (isConcerned(asked, looking, roomId)) texts.set(roomId, typingText(typing.typingIn(roomId)));
      looking.change(roomId, { typingMissed: !texts.has(roomId) });
    };
    const isNew = looking.since === undefined;
    if (!isNew) for (const roomId of typing.changedSince(looking.wanted.known.typing)) tell(roomId);
    for (const roomId of [...looking.unsettled, ...looking.results.keys()]) {
      const isInitial = looking.results.get(roomId)?.initial === true && typing.typingIn(roomId).length > 0;
      if (!texts.has(roomId) && (isInitial || looking.sent(roomId)?.typingMissed === true)) tell(roomId);
    }
    return asked?.enabled === true ? texts : undefined;
  }
}

const isSame = (now: KeyCounts | undefined, told: KeyCounts | undefined): boolean =>
  now === told || JSON.stringify(now) === JSON.stringify(told);

const NO_ACCOUNT_DATA = { global: [], rooms: new Map() };

const textOf = ({ type, content }: AccountDataEntry): string => JSON.stringify({ type, content });

const hasDevices = (e2ee: ExtensionResults['e2ee']): boolean =>
  e2ee?.deviceLists !== undefined && (e2ee.deviceLists.changed.length > 0 || e2ee.deviceLists.left.length > 0);

/** Of a room that is new to the client: how far the user has read, and who has read what is shown (MSC3960). */
const isOfInterest = (entry: ReceiptEntry, since: Position, looking: Looking): boolean => {
  const { view, results } = looking;
  if (!mayBeTold(view.userId, entry) || !view.hears(entry.roomId)) return false;
  if (since > 0) return entry.position > since;
  if (entry.userId === view.userId) return true;
  const timeline = results.get(entry.roomId)?.timeline;
  return timeline !== undefined && entry.receipt.eventPosition > timeline.start;
};
