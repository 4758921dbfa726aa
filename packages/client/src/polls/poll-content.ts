import type { JsonObject } from '@byline/protocol';
import { z } from 'zod';

/** What a poll asks. */
export interface Poll {
  readonly question: string;
  /** At least one, at most `MOST_OPTIONS`. */
  readonly options: readonly PollOption[];
  /** How many of them one may choose; 1 or more. */
  readonly mostChoices: number;
  /** The results are seen by all while it runs; otherwise when it has ended. */
  readonly isOpen: boolean;
}

export interface PollOption {
  readonly id: string;
  readonly text: string;
}

/** As many options a poll may have (MSC3381). */
export const MOST_OPTIONS = 20;

/**
 * The names of MSC3381. Version 1.19 of the specification has no polls; clients send those of the proposal, and read
 * both.
 */
export const POLL_TYPES = {
  start: ['org.matrix.msc3381.poll.start', 'm.poll.start'],
  response: ['org.matrix.msc3381.poll.response', 'm.poll.response'],
  end: ['org.matrix.msc3381.poll.end', 'm.poll.end'],
} as const;
const OPEN = ['org.matrix.msc3381.poll.disclosed', 'm.poll.disclosed', 'm.disclosed'];

const isOneOf = (types: readonly string[], type: string): boolean => types.includes(type);
export const isPollStart = (type: string): boolean => isOneOf(POLL_TYPES.start, type);
export const isPollResponse = (type: string): boolean => isOneOf(POLL_TYPES.response, type);
export const isPollEnd = (type: string): boolean => isOneOf(POLL_TYPES.end, type);

/** A text as extensible events have it (MSC1767): alone in older ones, in several forms in newer ones. */
const Words = z.union([
  z.string(),
  z
    .array(z.unknown())
    .transform((forms) => forms.flatMap((form) => Form.safeParse(form).data ?? []).find(isPlain)?.body ?? ''),
]);
const Form = z.object({ body: z.string(), mimetype: z.string().optional() });
const isPlain = ({ mimetype = 'text/plain' }: z.output<typeof Form>): boolean => mimetype === 'text/plain';

const Text = z
  .object({
    'org.matrix.msc1767.text': Words.optional().catch(undefined),
    'm.text': Words.optional().catch(undefined),
    body: z.string().optional().catch(undefined),
  })
  .transform((block) => (block['org.matrix.msc1767.text'] ?? block['m.text'] ?? block.body ?? '').trim());

const Id = z
  .object({ id: z.string().optional().catch(undefined), 'm.id': z.string().optional().catch(undefined) })
  .transform((block) => block['m.id'] ?? block.id);

const Block = z.object({
  question: Text,
  answers: z.array(z.unknown()),
  max_selections: z.number().int().min(1).catch(1),
  kind: z.string().optional().catch(undefined),
});

/** Reads what a poll asks; `undefined` for what can't be asked: no question, or nothing to choose. */
export function pollIn(content: JsonObject): Poll | undefined {
  const block = Block.safeParse(
    [...POLL_TYPES.start, 'm.poll'].map((name) => content[name]).find((value) => value !== undefined),
  ).data;
  if (block === undefined || block.question === '') return undefined;
  const options = block.answers.slice(0, MOST_OPTIONS).flatMap(optionIn);
  const ids = new Set(options.map(({ id }) => id));
  if (ids.size === 0 || ids.size < options.length) return undefined;
  return {
    question: block.question,
    options,
    mostChoices: Math.min(block.max_selections, options.length),
    isOpen: block.kind !== undefined && OPEN.includes(block.kind),
  };
}

function optionIn(answer: unknown): PollOption[] {
  const [id, text] = [Id.safeParse(answer).data, Text.safeParse(answer).data];
  return id === undefined || text === undefined || text === '' ? [] : [{ id, text }];
}

const Ids = z.array(z.string());
const Response = z.union([Ids, z.object({ answers: Ids }).transform(({ answers }) => answers)]);

/** The ids that an answer to a poll names; none, when it can't be read. */
export const choicesIn = (content: JsonObject): readonly string[] =>
  Response.safeParse(
    [...POLL_TYPES.response, 'm.selections'].map((name) => content[name]).find((value) => value !== undefined),
  ).data ?? [];

/** What somebody wants to ask, as they wrote it. */
export type PollDraft = Omit<Poll, 'options'> & { readonly options: readonly string[] };

/** The content of an event that begins a poll; those who know no polls read it as a text. */
export function startContent({ question, options, mostChoices, isOpen }: PollDraft): JsonObject {
  const lines = options.map((option, index) => `${index + 1}. ${option}`);
  return {
    'org.matrix.msc1767.text': [question, ...lines].join('\n'),
    [POLL_TYPES.start[0]]: {
      question: { 'org.matrix.msc1767.text': question, msgtype: 'm.text', body: question },
      kind: `org.matrix.msc3381.poll.${isOpen ? 'disclosed' : 'undisclosed'}`,
      max_selections: mostChoices,
      answers: options.map((option, index) => ({ id: `${index + 1}`, 'org.matrix.msc1767.text': option })),
    },
    'm.mentions': {},
  };
}

const reference = (pollId: string): JsonObject => ({
  'm.relates_to': { rel_type: 'm.reference', event_id: pollId },
});

/** The content of an event that answers a poll. No choice takes back what one had chosen. */
export const responseContent = (pollId: string, choices: readonly string[]): JsonObject => ({
  ...reference(pollId),
  [POLL_TYPES.response[0]]: { answers: [...choices] },
});

/** The content of an event that ends a poll. `text`: for those who know no polls. */
export const endContent = (pollId: string, text: string): JsonObject => ({
  ...reference(pollId),
  'org.matrix.msc1767.text': text,
  [POLL_TYPES.end[0]]: {},
});
