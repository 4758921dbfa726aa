import type { Poll } from './poll-content.ts';

/** An answer to a poll. */
export interface PollResponse {
  readonly sender: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The ids of options, as they were sent. */
  readonly choices: readonly string[];
  /** It is not sent yet. */
  readonly isPending?: boolean | undefined;
}

/** Something that says that a poll has ended. */
export interface PollEnding {
  readonly sender: string;
  readonly at: number;
}

export interface PollCount {
  /** Who has chosen each option, by its id, in the order in which they answered. */
  readonly votes: ReadonlyMap<string, readonly string[]>;
  /** Who has chosen something that counts. */
  readonly voters: readonly string[];
  /** The first ending by somebody who may end it; `undefined` while it runs. */
  readonly ending: PollEnding | undefined;
}

/**
 * Counts a poll (MSC3381): of each person the last answer that was given before the end, even when it is spoiled; then
 * they have chosen nothing.
 * @param responses in the order in which they arrived; of several at the same time the later one counts
 * @param mayEnd whether somebody may end it: its author, and who may delete what others said
 */
export function countPoll(
  poll: Poll,
  responses: readonly PollResponse[],
  endings: readonly PollEnding[],
  mayEnd: (userId: string) => boolean,
): PollCount {
  const ending = endings.filter(({ sender }) => mayEnd(sender)).toSorted((one, other) => one.at - other.at)[0];
  const chosen = [...lastOfEach(responses, ending?.at ?? Infinity).values()]
    .map(({ sender, choices }) => ({ sender, choices: validChoices(poll, choices) }))
    .filter(({ choices }) => choices.length > 0);
  const votersOf = (id: string): readonly string[] =>
    chosen.filter(({ choices }) => choices.includes(id)).map(({ sender }) => sender);
  return {
    votes: new Map(poll.options.map(({ id }) => [id, votersOf(id)])),
    voters: chosen.map(({ sender }) => sender),
    ending,
  };
}

function lastOfEach(responses: readonly PollResponse[], end: number): Map<string, PollResponse> {
  const last = new Map<string, PollResponse>();
  for (const response of responses.filter(({ at }) => at <= end).toSorted(byTime)) {
    // Who answers again comes last.
    last.delete(response.sender);
    last.set(response.sender, response);
  }
  return last;
}

/** What is not sent yet will be the last, whatever the clock of the device says. */
const byTime = (one: PollResponse, other: PollResponse): number =>
  Number(one.isPending ?? false) - Number(other.isPending ?? false) || one.at - other.at;

/** What an answer chooses: nothing when it names something that is not asked; what is too much is left out. */
function validChoices({ options, mostChoices }: Poll, choices: readonly string[]): readonly string[] {
  if (!choices.every((choice) => options.some(({ id }) => id === choice))) return [];
  return [...new Set(choices.slice(0, mostChoices))];
}
