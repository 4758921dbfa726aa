import type { RoomId } from '@byline/protocol';
import { syncTokenOf } from '@byline/protocol/matrix/token.ts';
import type { EventEntry } from '../../../platform/log/entry.ts';
import type { Room, RoomGraph } from '../../graph/service.ts';
import type { Changes } from '../news/changes.ts';
import { countsThreads, type SyncContext, timelineFilter, wantsRedundantMembers } from '../context.ts';
import { eventText } from './event-text.ts';
import { lazyMembersOf } from './lazy-members.ts';
import type { Answer } from './shared-answers.ts';
import type { UnreadSource } from '../sources.ts';
import { eventsText, membersText } from '../text.ts';
import { readTimeline, timelineText } from './timeline.ts';
import { unreadTexts } from './unread-text.ts';
import type { UserView } from '../waiting/view.ts';

/** What was said in one conversation, as everybody is told who was there all the time and has said none of it. */
interface Words {
  readonly room: Room;
  /** The memberships of who speaks: a lazy device that does not know them is told more. */
  readonly speakers: readonly EventEntry[];
  /** An answer up to what is unread. */
  readonly head: string;
  /** Whole answers by what is unread. */
  readonly answers: Map<string, string>;
}

const WORDS_KEPT = 200;

/**
 * Answers to all who wait in one conversation: what was said is written once, and where as much is unread to two of them,
 * so is the whole answer.
 */
export class GroupNews {
  readonly #conversations: RoomGraph;
  readonly #unread: UnreadSource;
  /** `undefined`: there is more to tell than words, or nothing. */
  readonly #words = new Map<string, Words | undefined | Promise<Words | undefined>>();

  constructor(conversations: RoomGraph, unread: UnreadSource) {
    this.#conversations = conversations;
    this.#unread = unread;
  }

  /** The answer; `undefined` where it has to be written for the reader alone. */
  async answer(view: UserView, roomId: RoomId, context: SyncContext): Promise<Answer> {
    const key = `${roomId} ${context.since} ${context.upTo} ${context.filterKey}`;
    const found = this.#words.has(key) ? this.#words.get(key) : this.#keep(key, this.#read(roomId, context));
    const words = found instanceof Promise ? await found : found;
    if (words === undefined || !knowsAll(view, words.speakers, context)) return undefined;
    const unread = unreadTexts(await this.#unread.unread(view.userId, words.room), countsThreads(context));
    const known = words.answers.get(unread);
    if (known !== undefined) return known;
    const answer = `${words.head},${unread}}}}}`;
    words.answers.set(unread, answer);
    return answer;
  }

  clear(): void {
    this.#words.clear();
  }

  #keep(key: string, reading: Promise<Words | undefined>): Promise<Words | undefined> {
    const [oldest] = this.#words.keys();
    if (this.#words.size >= WORDS_KEPT && oldest !== undefined) this.#words.delete(oldest);
    this.#words.set(key, reading);
    reading.then(
      (words) => this.#words.get(key) === reading && this.#words.set(key, words),
      () => this.#words.delete(key),
    );
    return reading;
  }

  async #read(roomId: RoomId, context: SyncContext): Promise<Words | undefined> {
    const { since = 0, upTo, stateAfter } = context;
    const room = await this.#conversations.room(roomId);
    if (room === undefined) return undefined;
    const timeline = await readTimeline(this.#conversations, room, { after: since, upTo }, timelineFilter(context));
    const { entries, limited, scanned } = timeline;
    if (limited || entries.length === 0 || scanned.some(({ pdu }) => pdu.state_key !== undefined)) return undefined;
    const senders = new Set(entries.map(({ pdu }) => pdu.sender));
    const speakers = [...senders]
      .map((sender) => room.entry('m.room.member', sender))
      .filter((one) => one !== undefined);
    const texts = entries.map((entry) => eventText({ ...entry, transaction: undefined }, context, 'join'));
    const events = membersText([
      ['timeline', timelineText(texts, timeline)],
      [stateAfter ?? 'state', stateAfter === undefined ? undefined : eventsText([])],
    ]);
    const token = JSON.stringify(syncTokenOf({ position: upTo, toDevice: upTo }));
    const head = `{"next_batch":${token},"rooms":{"join":{${JSON.stringify(roomId)}:{${events}`;
    return { room, speakers, head, answers: new Map() };
  }
}

/** The one conversation in which others have spoken, where that is all that is new. */
export const roomOfGroup = (view: UserView, changes: Changes, context: SyncContext): RoomId | undefined => {
  const { rooms, standings, receipts, accountData, encryption, hasOwn } = changes;
  if (context.since === undefined || context.fullState || hasOwn || rooms.size !== 1) return undefined;
  if (standings.size > 0 || receipts.size > 0 || accountData.length > 0 || encryption?.length !== 0) return undefined;
  const [roomId] = rooms;
  return roomId !== undefined && view.conversations.has(roomId) ? roomId : undefined;
};

const knowsAll = (view: UserView, speakers: readonly EventEntry[], context: SyncContext): boolean => {
  const lazy = lazyMembersOf(view, context);
  if (lazy === undefined) return true;
  return !wantsRedundantMembers(context) && speakers.every((member) => lazy.knows(member, context.since));
};
