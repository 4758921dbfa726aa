import type { Notice } from '../messages/notice.ts';
import type { Message } from './message.ts';

/** What happened, before it is arranged. */
export type Happening =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'notice'; readonly key: string; readonly at: number; readonly notice: Notice };

/** A line of a conversation. */
export type TimelineItem =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'unread'; readonly key: string }
  | { readonly kind: 'notice'; readonly key: string; readonly at: number; readonly notice: Notice }
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly message: Message;
      /** It begins and ends a group of one sender's messages. */
      readonly first: boolean;
      readonly last: boolean;
    };

/** What was said within so many milliseconds belongs together. */
const TOGETHER = 5 * 60_000;

/** The first moment of the person's day. */
const dayOf = (at: number): number => new Date(at).setHours(0, 0, 0, 0);
const timeOf = (happening: Happening): number => (happening.kind === 'message' ? happening.message.at : happening.at);

const belongs = (one: Happening | undefined, next: Happening | undefined): boolean =>
  one?.kind === 'message' &&
  next?.kind === 'message' &&
  one.message.sender.id === next.message.sender.id &&
  dayOf(one.message.at) === dayOf(next.message.at) &&
  Math.abs(next.message.at - one.message.at) < TOGETHER;

/** People who came, or were invited by the same person, in a row are one. */
function joinNotices(happenings: readonly Happening[]): Happening[] {
  const joined: Happening[] = [];
  for (const next of happenings) {
    const before = joined.at(-1);
    const notice = before?.kind === 'notice' && next.kind === 'notice' && joinedNotice(before.notice, next.notice);
    if (before?.kind === 'notice' && notice) joined[joined.length - 1] = { ...before, notice };
    else joined.push(next);
  }
  return joined;
}

function joinedNotice(one: Notice, next: Notice): Notice | undefined {
  if (one.kind === 'joined' && next.kind === 'joined') return { ...one, whom: [...one.whom, ...next.whom] };
  // Several in a row are one.
  if (one.kind === 'pinned' && next.kind === 'pinned' && one.who === next.who) return one;
  // Each of the two says so.
  if (one.kind === 'compared' && next.kind === 'compared') return one;
  if (one.kind !== 'invited' || next.kind !== 'invited' || one.who !== next.who) return undefined;
  return { ...one, whom: [...one.whom, ...next.whom] };
}

/**
 * Arranges what happened, oldest first: a divider before each day and before what is unread, and groups of one sender's messages.
 * @param firstUnread the key of the first message that was unread when the conversation was opened.
 * @param root the id of the message with which a thread begins: it stands by itself.
 */
export function arrange(
  happenings: readonly Happening[],
  firstUnread: string | undefined,
  root: string | null = null,
): TimelineItem[] {
  const items: TimelineItem[] = [];
  const joined = joinNotices(happenings);
  const isUnread = (happening: Happening | undefined): boolean =>
    firstUnread !== undefined && happening?.kind === 'message' && happening.message.key === firstUnread;
  const isRoot = (happening: Happening | undefined): boolean =>
    happening?.kind === 'message' && happening.message.id === root;
  let day = -Infinity;
  joined.forEach((happening, index) => {
    const at = timeOf(happening);
    // A clock that goes wrong somewhere takes nobody back to a day before.
    if (dayOf(at) > day) {
      day = dayOf(at);
      items.push({ kind: 'day', key: `day ${day}`, at });
    }
    if (happening.kind === 'notice') {
      items.push(happening);
      return;
    }
    if (isUnread(happening)) items.push({ kind: 'unread', key: 'unread' });
    const { message } = happening;
    const [before, after] = [joined[index - 1], joined[index + 1]];
    items.push({
      kind: 'message',
      key: message.key,
      message,
      first: !belongs(before, happening) || isUnread(happening) || isRoot(before),
      last: !belongs(happening, after) || isUnread(after) || isRoot(happening),
    });
  });
  return items;
}
