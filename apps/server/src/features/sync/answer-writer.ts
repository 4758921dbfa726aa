import { passes, passesRoom } from '@byline/core/event/filter.ts';
import type { RoomId } from '@byline/protocol';
import { tokenOf } from '@byline/protocol/matrix/token.ts';
import type { AccountDataEntry, Position } from '../../platform/log/entry.ts';
import type { Changes } from './changes.ts';
import type { SyncContext } from './context.ts';
import type { Typing } from './ephemeral.ts';
import type { JoinedRooms, RoomNews } from './joined.ts';
import type { OtherRoomWriter } from './others.ts';
import { eventsTextIfAny, objectText } from './text.ts';
import type { UserView } from './view.ts';

type Section = readonly (readonly [RoomId, string])[];

/** Writes answers: `undefined` where the filter lets nothing pass. */
export class AnswerWriter {
  readonly #joined: JoinedRooms;
  readonly #others: OtherRoomWriter;

  constructor(joined: JoinedRooms, others: OtherRoomWriter) {
    this.#joined = joined;
    this.#others = others;
  }

  /** What is new for one user. The first answer is never nothing. */
  async own(view: UserView, changes: Changes, typing: Typing, context: SyncContext): Promise<string | undefined> {
    const join = await this.#joinedTexts(view, changes, typing, context);
    const others = await this.#others.write(view, changes.standings, context);
    const accountData = globalData(changes.accountData, context);
    const rooms = objectText([
      ['join', sectionText(join)],
      ['invite', sectionText(others.invite)],
      ['knock', sectionText(others.knock)],
      ['leave', sectionText(others.leave)],
    ]);
    if (context.since !== undefined && rooms === '{}' && accountData.length === 0) return undefined;
    return answerText(context, rooms, eventsTextIfAny(accountData));
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

  async #joinedTexts(view: UserView, changes: Changes, typing: Typing, context: SyncContext): Promise<Section> {
    const ofRoom = Map.groupBy(changes.accountData, (entry) => entry.roomId);
    const roomIds = new Set([...changes.rooms, ...changes.standings, ...changes.receipts.keys(), ...typing.keys()]);
    for (const roomId of ofRoom.keys()) if (roomId !== null) roomIds.add(roomId);
    const section: [RoomId, string][] = [];
    for (const roomId of roomIds) {
      if (!view.hears(roomId) || !passesRoom(context.filter.room, roomId)) continue;
      const news: RoomNews = {
        receipts: changes.receipts.get(roomId) ?? [],
        accountData: ofRoom.get(roomId) ?? [],
        typing: typing.get(roomId),
      };
      const text = await this.#joined.text(view, roomId, news, context);
      if (text !== undefined) section.push([roomId, text]);
    }
    return section;
  }
}

/** The answer when there is nothing to tell. */
export const nothingNew = (position: Position): string => `{"next_batch":"${tokenOf(position)}"}`;

const answerText = ({ upTo }: SyncContext, rooms: string, accountData?: string): string =>
  objectText([
    ['next_batch', JSON.stringify(tokenOf(upTo))],
    ['rooms', rooms],
    ['account_data', accountData],
  ]);

const sectionText = (section: Section): string | undefined => (section.length === 0 ? undefined : objectText(section));

const globalData = (entries: readonly AccountDataEntry[], { filter }: SyncContext): string[] =>
  entries
    .filter((entry) => entry.roomId === null && passes(filter.account_data, entry))
    .map(({ type, content }) => JSON.stringify({ type, content }));
