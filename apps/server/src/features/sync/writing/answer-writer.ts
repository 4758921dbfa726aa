import { passes, passesRoom } from '@byline/core/event/filter.ts';
import type { RoomId } from '@byline/protocol';
import { syncTokenOf, tokenOf } from '@byline/protocol/matrix/token.ts';
import type { AccountDataEntry, Position } from '../../../platform/log/entry.ts';
import type { Changes } from '../news/changes.ts';
import type { SyncContext } from '../context.ts';
import type { EncryptionNews, EncryptionWriter } from '../news/encryption.ts';
import type { Typing } from '../news/ephemeral.ts';
import type { JoinedRooms, RoomNews } from './joined.ts';
import type { OtherRoomWriter } from './others.ts';
import { eventsTextIfAny, objectText } from '../text.ts';
import type { UserView } from '../waiting/view.ts';

type Section = readonly (readonly [RoomId, string])[];

/** What is new for a user. */
export interface News {
  readonly changes: Changes;
  readonly typing: Typing;
  /** The `m.presence` events of others, as JSON. */
  readonly presence: readonly string[];
}

/** How many rooms are written side by side, so that what they need is read together. */
const ROOMS_AT_ONCE = 200;

/** Writes answers: `undefined` where the filter lets nothing pass. */
export class AnswerWriter {
  readonly #joined: JoinedRooms;
  readonly #others: OtherRoomWriter;
  readonly #encryption: EncryptionWriter;

  constructor(joined: JoinedRooms, others: OtherRoomWriter, encryption: EncryptionWriter) {
    this.#joined = joined;
    this.#others = others;
    this.#encryption = encryption;
  }

  /** What is new for one user. The first answer is never nothing. */
  async own(view: UserView, { changes, typing, presence }: News, context: SyncContext): Promise<string | undefined> {
    // Who begins anew knows nobody any more.
    if (context.since === undefined) view.device(context.device.deviceId).lazyMembers?.clear();
    const accountData = Map.groupBy(changes.accountData, (entry) => entry.roomId);
    const join = await this.#joinedTexts(view, changes, accountData, typing, context);
    const told = [...changes.standings].filter((roomId) => passesRoom(context.filter.room, roomId));
    const others = await this.#others.write(view, told, accountData, context);
    const encryption = await this.#encryption.own(changes, context);
    const global = globalData(accountData.get(null) ?? [], context);
    const rooms = objectText([
      ['join', sectionText(join)],
      ['invite', sectionText(others.invite)],
      ['knock', sectionText(others.knock)],
      ['leave', sectionText(others.leave)],
    ]);
    const isNothing = rooms === '{}' && global.length === 0 && presence.length === 0 && !encryption.isTold;
    if (context.since !== undefined && isNothing) return undefined;
    const own = { accountData: eventsTextIfAny(global), presence: eventsTextIfAny(presence), encryption };
    return answerText(context, rooms, own);
  }

  /** What is new in public accounts, for all who have followed them since before and have said nothing there themselves. */
  async shared(roomIds: Iterable<RoomId>, context: SyncContext): Promise<string | undefined> {
    const section: [RoomId, string][] = [];
    for (const roomId of roomIds) {
      if (!passesRoom(context.filter.room, roomId)) continue;
      const text = await this.#joined.sharedText(roomId, context);
      if (text !== undefined) section.push([roomId, text]);
    }
    return section.length === 0 ? undefined : answerText(context, objectText([['join', objectText(section)]]));
  }

  async #joinedTexts(
    view: UserView,
    changes: Changes,
    accountData: ReadonlyMap<RoomId | null, readonly AccountDataEntry[]>,
    typing: Typing,
    context: SyncContext,
  ): Promise<Section> {
    const roomIds = new Set([...changes.rooms, ...changes.standings, ...changes.receipts.keys(), ...typing.keys()]);
    for (const roomId of accountData.keys()) if (roomId !== null) roomIds.add(roomId);
    const told = [...roomIds].filter((roomId) => view.hears(roomId) && passesRoom(context.filter.room, roomId));
    const section: [RoomId, string][] = [];
    for (let start = 0; start < told.length; start += ROOMS_AT_ONCE) {
      const written = told.slice(start, start + ROOMS_AT_ONCE).map(async (roomId) => {
        const news: RoomNews = {
          receipts: changes.receipts.get(roomId) ?? NONE,
          accountData: accountData.get(roomId) ?? NONE,
          typing: typing.get(roomId),
        };
        return [roomId, await this.#joined.text(view, roomId, news, context)] as const;
      });
      for (const [roomId, text] of await Promise.all(written)) if (text !== undefined) section.push([roomId, text]);
    }
    return section;
  }
}

const NONE: readonly never[] = [];

/** The answer when there is nothing to tell. */
export const nothingNew = (position: Position): string => `{"next_batch":"${tokenOf(position)}"}`;

/** What stands beside the rooms in an answer that is for one device alone. */
interface OwnTexts {
  readonly accountData: string | undefined;
  readonly presence: string | undefined;
  readonly encryption: EncryptionNews;
}

const answerText = ({ upTo, since }: SyncContext, rooms: string, own?: OwnTexts): string =>
  objectText([
    ['next_batch', JSON.stringify(syncTokenOf({ position: upTo, toDevice: own?.encryption.toDeviceUpTo ?? upTo }))],
    ['to_device', own?.encryption.toDevice],
    ['device_lists', own?.encryption.deviceLists],
    ['rooms', rooms === '{}' && since !== undefined ? undefined : rooms],
    ['presence', own?.presence],
    ['account_data', own?.accountData],
  ]);

const sectionText = (section: Section): string | undefined => (section.length === 0 ? undefined : objectText(section));

const globalData = (entries: readonly AccountDataEntry[], { filter }: SyncContext): string[] =>
  entries
    .filter((entry) => entry.roomId === null && passes(filter.account_data, entry))
    .map(({ type, content }) => JSON.stringify({ type, content }));
