import type { PushOutcome } from '@byline/core/push/evaluation.ts';
import type { UserId } from '@byline/protocol';
import type { EventEntry, Position } from '../../platform/log/entry.ts';
import type { Log } from '../../platform/log/log.ts';
import type { RoomGraph } from '../graph/service.ts';
import { type ReceiptRooms, type Receipts, readUpTo } from '../receipts/service.ts';
import { judge, type JudgedBy, type ReplacingEvents } from './judgement.ts';
import { RoomWalk } from './room-walk.ts';
import type { PushRules } from './service.ts';

/** Where most events notify of nothing, one request looks at so many and leaves the rest to the next. */
const MOST_LOOKED_AT = 2_000;

export interface NotificationsWanted {
  readonly from?: Position | undefined;
  readonly limit: number;
  readonly onlyHighlights: boolean;
}

/** An event that somebody was notified of, or would have been. */
export interface Notification {
  readonly entry: EventEntry;
  readonly actions: PushOutcome['actions'];
  readonly read: boolean;
}

export interface NotificationPage {
  readonly notifications: readonly Notification[];
  /** Up to where the next page reaches; `undefined`: there is nothing more. */
  readonly next: Position | undefined;
}

export interface NotificationsParts {
  readonly log: Log;
  readonly conversations: RoomGraph;
  readonly rooms: Pick<ReceiptRooms, 'event' | 'heardSince'>;
  readonly receipts: Pick<Receipts, 'marksOf' | 'threadOf'>;
  readonly rules: Pick<PushRules, 'rulesetOf'>;
  readonly ignored: { ignoredBy(userId: UserId): Promise<ReadonlySet<UserId>> };
  readonly relations: ReplacingEvents;
}

/**
 * What users were notified of (specification, client-server API: "Listing Notifications"). Nothing is kept for it: whoever
 * asks has the events of their rooms judged once more, by the rules that hold now, the newest first.
 */
export class Notifications {
  readonly #parts: NotificationsParts;

  constructor(parts: NotificationsParts) {
    this.#parts = parts;
  }

  async page(userId: UserId, { from, limit, onlyHighlights }: NotificationsWanted): Promise<NotificationPage> {
    const by = {
      userId,
      ruleset: await this.#parts.rules.rulesetOf(userId),
      ignored: await this.#parts.ignored.ignoredBy(userId),
    };
    let walks = await this.#walks(userId, from ?? this.#parts.log.position);
    const notifications: Notification[] = [];
    for (let looked = 0; ; walks = walks.filter(({ isOver }) => !isOver)) {
      const furthest = Math.max(0, ...walks.map(({ at }) => at));
      if (walks.length === 0) return { notifications, next: undefined };
      if (notifications.length === limit || looked >= MOST_LOOKED_AT) return { notifications, next: furthest };
      const next = walks.filter(({ at }) => at === furthest);
      await Promise.all(next.filter(({ isRead }) => !isRead).map((walk) => walk.read()));
      const walk = next.find(({ at, isRead }) => isRead && at === furthest);
      if (walk === undefined) continue;
      looked += 1;
      const notification = await this.#look(walk, by, onlyHighlights);
      if (notification !== undefined) notifications.push(notification);
    }
  }

  /** The user's conversations that have anything for them up to a position. */
  async #walks(userId: UserId, upTo: Position): Promise<readonly RoomWalk[]> {
    const { conversations, rooms } = this.#parts;
    const memberships = await conversations.membershipsOf(userId);
    const joined = memberships.filter(({ membership }) => membership === 'join').map(({ roomId }) => roomId);
    const known = await conversations.rooms(joined);
    const walks = [...known.values()].map(async (room) => {
      const after = await rooms.heardSince(userId, room.id, 0);
      const end = Math.min(room.position, upTo);
      return after >= end ? undefined : new RoomWalk(conversations, room, userId, { after, upTo: end });
    });
    return (await Promise.all(walks)).filter((walk) => walk !== undefined);
  }

  async #look(walk: RoomWalk, by: JudgedBy, onlyHighlights: boolean): Promise<Notification | undefined> {
    const taken = walk.take();
    if (taken === undefined) return undefined;
    const { entry, past } = taken;
    const outcome = await judge(entry, past, by, this.#parts);
    past.goBackBefore([entry]);
    if (outcome === undefined || (onlyHighlights && !outcome.highlight)) return undefined;
    const marks = await this.#parts.receipts.marksOf(by.userId, entry.roomId);
    const thread = await this.#parts.receipts.threadOf(entry);
    return { entry, actions: outcome.actions, read: entry.position <= readUpTo(marks, thread) };
  }
}
