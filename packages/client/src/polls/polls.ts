import {
  Direction,
  EventStatus,
  type MatrixClient,
  type MatrixEvent,
  RelationType,
  type Room,
  RoomEvent,
  type TimelineEvents,
} from 'matrix-js-sdk';
import { resend } from '../composer/unsent.ts';
import { lockedIn, openAll } from '../crypto/encrypted-room.ts';
import { contentOf } from '../messages/content.ts';
import { personIn } from '../messages/people.ts';
import { type Observable, Source } from '../observable.ts';
import type { Poll } from './poll-content.ts';
import {
  choicesIn,
  endContent,
  isPollEnd,
  isPollResponse,
  isPollStart,
  POLL_TYPES,
  responseContent,
} from './poll-content.ts';
import { countPoll, type PollEnding, type PollResponse } from './count.ts';
import { type PollStanding, standingOf } from './standing.ts';

/** As many answers come at once. */
const PAGE = 100;

/** What was fetched of a poll. */
interface Fetched {
  readonly votes: PollStanding['votes'];
  /** Oldest first, by their ids. */
  readonly events: ReadonlyMap<string, MatrixEvent>;
}

const NOTHING: Fetched = { votes: 'counting', events: new Map() };

/**
 * The polls of one conversation. Their answers are fetched once, whenever a poll is first read, and again after a gap;
 * what arrives since then, and what one sends, is added by the library.
 */
export class Polls {
  readonly #client: MatrixClient;
  readonly #room: Room;
  readonly #fetched = new Map<string, Fetched>();
  readonly #changes = new Source(0);

  constructor(client: MatrixClient, room: Room) {
    this.#client = client;
    this.#room = room;
    room.on(RoomEvent.Timeline, this.#onTimeline);
    room.on(RoomEvent.TimelineReset, this.#onReset);
  }

  /** Changes whenever answers were fetched, or could not be. */
  get changes(): Observable<number> {
    return this.#changes;
  }

  close(): void {
    this.#room.off(RoomEvent.Timeline, this.#onTimeline);
    this.#room.off(RoomEvent.TimelineReset, this.#onReset);
  }

  /** Where a poll stands now. */
  read(start: MatrixEvent, poll: Poll): PollStanding {
    const [client, room, id] = [this.#client, this.#room, start.getId() ?? ''];
    const isSent = start.status === null;
    const { votes, events } = isSent ? this.#known(id) : { ...NOTHING, votes: 'counted' as const };
    const related = this.#related(id, events);
    const me = client.getSafeUserId();
    const sending = sendingOf(related);
    return standingOf(poll, {
      votes,
      responses: responsesIn(related),
      endings: endingsIn(related),
      people: room.getJoinedMembers().map(({ userId }) => personIn(client, room, userId)),
      me,
      person: (userId) => personIn(client, room, userId),
      mayEnd: this.#mayEnd(start),
      maySpeak: isSent && room.maySendMessage(),
      ...(sending !== undefined && { sending }),
      locked: [...events.values()].filter((event) => lockedIn(event) !== undefined).length,
    });
  }

  /** What a poll asked that an event ends; `undefined` for one that ends nothing. */
  endedBy(event: MatrixEvent, start: MatrixEvent): Poll | undefined {
    const said = pollOf(start);
    if (said === undefined || (event.status !== null && event.status !== EventStatus.SENT)) return undefined;
    const id = start.getId() ?? '';
    const endings = endingsIn([event, ...this.#related(id, this.#known(id).events)]);
    const { ending } = countPoll(said, [], endings, this.#mayEnd(start));
    return ending?.sender === event.getSender() && ending?.at === event.getTs() ? said : undefined;
  }

  /** Answers a poll, in place of what one answered before. How it goes on is seen at the poll. */
  vote(pollId: string, choices: readonly string[]): void {
    this.#dropUnsent(pollId, isPollResponse);
    this.#send(POLL_TYPES.response[0], responseContent(pollId, choices));
  }

  /** Ends a poll for all. @param text says so to those who know no polls. */
  end(pollId: string, text: string): void {
    this.#dropUnsent(pollId, isPollEnd);
    this.#send(POLL_TYPES.end[0], endContent(pollId, text));
  }

  /** Tries again what could not be sent, or fetched. */
  retry(pollId: string): void {
    if (this.#fetched.get(pollId)?.votes === 'error') void this.#fetch(pollId);
    if (this.#unsent(pollId).length > 0) void resend(this.#client, this.#room);
  }

  #mayEnd(start: MatrixEvent): (userId: string) => boolean {
    const { currentState } = this.#room;
    return (userId) => userId === start.getSender() || currentState.maySendRedactionForEvent(start, userId);
  }

  #send(type: string, content: object): void {
    // When it fails, the poll says so, and offers to try again.
    sendPollEvent(this.#client, this.#room.roomId, null, type, content).catch(() => undefined);
  }

  #unsent(pollId: string): MatrixEvent[] {
    return this.#room
      .getPendingEvents()
      .filter((event) => event.status === EventStatus.NOT_SENT && event.relationEventId === pollId);
  }

  #dropUnsent(pollId: string, is: (type: string) => boolean): void {
    for (const event of this.#unsent(pollId)) if (is(event.getType())) this.#client.cancelPendingEvent(event);
  }

  /** All that is known to answer or end a poll, oldest first, what is on its way last. */
  #related(pollId: string, fetched: Fetched['events']): MatrixEvent[] {
    const live = [...POLL_TYPES.response, ...POLL_TYPES.end].flatMap(
      (type) => this.#room.relations.getChildEventsForEvent(pollId, RelationType.Reference, type)?.getRelations() ?? [],
    );
    const byId = new Map([...fetched, ...live.map((event) => [event.getId() ?? '', event] as const)]);
    return [...byId.values()].filter((event) => !event.isRedacted() && event.status !== EventStatus.CANCELLED);
  }

  #known(pollId: string): Fetched {
    const known = this.#fetched.get(pollId);
    if (known !== undefined) return known;
    this.#fetched.set(pollId, NOTHING);
    void this.#fetch(pollId);
    return NOTHING;
  }

  async #fetch(pollId: string): Promise<void> {
    const before = this.#fetched.get(pollId) ?? NOTHING;
    if (before.votes === 'error') this.#keep(pollId, { ...before, votes: 'counting' });
    try {
      this.#keep(pollId, { votes: 'counted', events: await this.#fetchAll(pollId) });
    } catch {
      // The poll itself says that its answers could not be fetched, and offers to try again.
      this.#keep(pollId, { ...before, votes: 'error' });
    }
  }

  async #fetchAll(pollId: string): Promise<Map<string, MatrixEvent>> {
    const events = new Map<string, MatrixEvent>();
    let from: string | undefined;
    do {
      const page = await this.#client.fetchRelations(this.#room.roomId, pollId, RelationType.Reference, null, {
        dir: Direction.Forward,
        limit: PAGE,
        ...(from !== undefined && { from }),
      });
      for (const event of page.chunk.map(this.#client.getEventMapper())) events.set(event.getId() ?? '', event);
      from = page.next_batch;
    } while (from !== undefined);
    openAll(this.#client, [...events.values()]);
    return events;
  }

  #keep(pollId: string, fetched: Fetched): void {
    this.#fetched.set(pollId, fetched);
    this.#changes.update((count) => count + 1);
  }

  /** An answer that is deleted counts no more, and the one before it counts again. */
  readonly #onTimeline = (event: MatrixEvent): void => {
    if (!event.isRedaction()) return;
    const gone = event.getAssociatedId() ?? '';
    for (const [pollId, { votes, events }] of this.#fetched) {
      if (!events.has(gone)) continue;
      this.#keep(pollId, { votes, events: new Map([...events].filter(([id]) => id !== gone)) });
    }
  };

  /** The server left a gap, in which answers may have been given. */
  readonly #onReset = (): void => {
    for (const pollId of this.#fetched.keys()) void this.#fetch(pollId);
  };
}

function pollOf(start: MatrixEvent): Poll | undefined {
  if (!isPollStart(start.getType())) return undefined;
  const content = contentOf({ type: start.getType(), content: start.getContent(), isRedacted: start.isRedacted() });
  return content?.kind === 'poll' ? content.poll : undefined;
}

const isPending = ({ status }: MatrixEvent): boolean => status !== null && status !== EventStatus.SENT;

const responsesIn = (events: readonly MatrixEvent[]): PollResponse[] =>
  events
    .filter((event) => isPollResponse(event.getType()))
    .map((event) => ({ ...whoAndWhen(event), choices: choicesIn(event.getContent()), isPending: isPending(event) }));

/** What is not sent ends nothing. */
const endingsIn = (events: readonly MatrixEvent[]): PollEnding[] =>
  events.filter((event) => isPollEnd(event.getType()) && !isPending(event)).map(whoAndWhen);

const whoAndWhen = (event: MatrixEvent): PollEnding => ({ sender: event.getSender() ?? '', at: event.getTs() });

function sendingOf(events: readonly MatrixEvent[]): PollStanding['sending'] {
  const pending = events.filter(isPending);
  if (pending.some(({ status }) => status === EventStatus.NOT_SENT)) return 'failed';
  return pending.length > 0 ? 'sending' : undefined;
}

/**
 * Sends what belongs to a poll, which is plain data, built by the proposal; the library's types know only the events of
 * its own lists. Throws `MatrixError`.
 */
export async function sendPollEvent(
  client: MatrixClient,
  roomId: string,
  threadId: string | null,
  type: string,
  content: object,
): Promise<void> {
  const known = { type, content } as object as Sendable;
  await client.sendEvent(roomId, threadId, known.type, known.content);
}

interface Sendable {
  readonly type: keyof TimelineEvents;
  readonly content: TimelineEvents[keyof TimelineEvents];
}
