import type { Person } from '../timeline/message.ts';
import { countPoll, type PollCount, type PollEnding, type PollResponse } from './count.ts';
import type { Poll } from './poll-content.ts';

/** Where a poll stands, for who reads it. */
export interface PollStanding {
  /** `counting` until all answers were fetched; `error` when they could not be. */
  readonly votes: 'counting' | 'counted' | 'error';
  /** By option, in the order of the poll; none while they are not to be seen. */
  readonly results?: readonly OptionResult[] | undefined;
  /** The ids of what one has chosen oneself. */
  readonly own: readonly string[];
  readonly answered: readonly Person[];
  /** Who has not answered yet, as far as they are known. */
  readonly waiting: readonly Person[];
  readonly isEnded: boolean;
  readonly mayVote: boolean;
  readonly mayEnd: boolean;
  /** One's answer, or the end, is on its way. */
  readonly sending?: 'sending' | 'failed' | undefined;
  /** So many answers are encrypted and can't be read here. */
  readonly locked: number;
}

export interface OptionResult {
  readonly id: string;
  readonly count: number;
  /** Who has chosen it; nobody is named where the poll was closed. */
  readonly voters: readonly Person[];
  /** Nothing was chosen more often, and something was chosen. */
  readonly leads: boolean;
}

/** What is known of a poll besides what it asks. */
export interface PollFacts {
  readonly votes: PollStanding['votes'];
  readonly responses: readonly PollResponse[];
  readonly endings: readonly PollEnding[];
  /** Those who take part in the conversation. */
  readonly people: readonly Person[];
  readonly me: string;
  /** Somebody who answered may have left since. */
  readonly person: (userId: string) => Person;
  readonly mayEnd: (userId: string) => boolean;
  readonly maySpeak: boolean;
  readonly sending?: PollStanding['sending'];
  readonly locked: number;
}

/** Puts together what somebody may see of a poll: the results of a closed one when it has ended. */
export function standingOf(poll: Poll, facts: PollFacts): PollStanding {
  const { votes, people, me, person, maySpeak, sending, locked } = facts;
  const count = countPoll(poll, facts.responses, facts.endings, facts.mayEnd);
  const isEnded = count.ending !== undefined;
  const voters = new Set(count.voters);
  return {
    votes,
    ...((poll.isOpen || isEnded) && { results: resultsOf(poll, count, person) }),
    own: poll.options.flatMap(({ id }) => (count.votes.get(id)?.includes(me) === true ? [id] : [])),
    answered: count.voters.map(person),
    waiting: isEnded ? [] : people.filter(({ id }) => !voters.has(id)),
    isEnded,
    mayVote: maySpeak && !isEnded,
    mayEnd: maySpeak && !isEnded && facts.mayEnd(me),
    ...(sending !== undefined && { sending }),
    locked,
  };
}

function resultsOf(poll: Poll, { votes }: PollCount, person: PollFacts['person']): OptionResult[] {
  const most = Math.max(1, ...[...votes.values()].map(({ length }) => length));
  return poll.options.map(({ id }) => {
    const voters = votes.get(id) ?? [];
    return {
      id,
      count: voters.length,
      voters: poll.isOpen ? voters.map(person) : [],
      leads: voters.length === most,
    };
  });
}
