import { z } from 'zod';
import { text } from '../text.ts';
import { Category } from './identity.ts';
import { TemplateId } from './reason-templates.ts';

/** What was done with an application, where its new state alone does not tell. */
const STEP_ACTIONS = [
  'claimed',
  'released',
  'paused',
  'handed-over',
  'asked',
  'answered',
  'proposed',
  'sent-back',
  'confirmed',
  'appealed',
  'corrected',
  'destroyed',
] as const;
export type StepAction = (typeof STEP_ACTIONS)[number];
export const StepAction = z.enum(STEP_ACTIONS);

const InBoth = z.object({ en: z.string(), 'zh-Hans': z.string() });

/** A template as the applicant reads it, with the clause of the rules on which it rests. */
export const SaidByTemplate = z.object({ id: TemplateId, clause: z.string(), text: InBoth });
export type SaidByTemplate = z.output<typeof SaidByTemplate>;

export const LONGEST_QUESTION = 1_000;
export const LONGEST_ANSWER = 2_000;
export const LONGEST_APPEAL = 2_000;

/** A question, which holds nothing private, or that it was answered; what was answered is sealed. */
export const CaseMessage = z.object({
  number: z.int(),
  at: z.int(),
  by: z.enum(['applicant', 'reviewer']),
  template: SaidByTemplate.optional(),
  text: text(LONGEST_QUESTION).optional(),
});
export type CaseMessage = z.output<typeof CaseMessage>;

const WITH = [
  'applicant',
  'queue',
  'reviewer',
  'second-queue',
  'second-reviewer',
  'appeal-queue',
  'appeal-reviewer',
  'nobody',
] as const;
const NEXT_STEPS = ['fill-in', 'correct', 'answer', 'withdraw', 'appeal', 'send-anew'] as const;

/** Where an application stands. Times are milliseconds since the epoch. */
export const Progress = z.object({
  /** Who has it, by role. */
  with: z.enum(WITH),
  /** When the decision is due; `null`: it waits for nobody at the provider. */
  due_at: z.int().nullable(),
  /** What the applicant can do. */
  next: z.array(z.enum(NEXT_STEPS)),
  /** Until when a refusal can be appealed or put right; `null`: it was not refused, or not any more. */
  open_until: z.int().nullable(),
  /** When the pictures of documents are destroyed; `null`: that is not known yet, or they are gone. */
  destroyed_at: z.int().nullable(),
  /** Whether two reviewers must agree. */
  needs_second: z.boolean(),
});
export type Progress = z.output<typeof Progress>;

/** By what the queue is sorted: a category, or people who show only who they are. */
export const QueueCategory = z.union([Category, z.literal('personal')]);
export type QueueCategory = z.output<typeof QueueCategory>;
