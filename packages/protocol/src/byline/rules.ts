import { z } from 'zod';
import { operation } from '../operation.ts';
import { text } from '../text.ts';

/** The languages in which Byline itself speaks; the rules are written in each. */
export const LANGUAGES = ['en', 'zh-Hans'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A clause that somebody must keep. Decisions cite its id, so it stays the same in all languages. */
export const Clause = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/, { error: 'may have only a-z, 0-9 and -' }),
  /** Who must keep it: whoever speaks to the public, or the provider. */
  binds: z.enum(['publishers', 'provider']),
  title: text(100),
  text: text(2_000),
});
export type Clause = z.output<typeof Clause>;

/** The rules in one language. */
export const RulesText = z.object({
  title: text(100),
  introduction: text(2_000),
  clauses: z.array(Clause).min(1).max(100),
});
export type RulesText = z.output<typeof RulesText>;

const idsOf = ({ clauses }: RulesText): string => clauses.map(({ id, binds }) => `${id} ${binds}`).join('\n');

/** The rules in all languages. Every language has the same clauses in the same order. */
export const RulesTexts = z
  .object({ en: RulesText, 'zh-Hans': RulesText })
  .refine((texts) => LANGUAGES.every((language) => idsOf(texts[language]) === idsOf(texts.en)), {
    error: 'must have the same clauses in every language',
  })
  .refine(({ en }) => new Set(en.clauses.map(({ id }) => id)).size === en.clauses.length, {
    error: 'must not have two clauses with one id',
  });
export type RulesTexts = z.output<typeof RulesTexts>;

/** One version of the rules. A version never changes. */
export const Rules = z.object({
  version: z.int().min(1),
  /** Milliseconds since the epoch. */
  published_at: z.int(),
  texts: RulesTexts,
});
export type Rules = z.output<typeof Rules>;

export const getRules = operation({
  method: 'GET',
  paths: ['/_byline/v1/rules'],
  auth: 'none',
  limit: 'public',
  summary: 'Read the rules that hold now',
  answer: Rules,
});

export const publishRules = operation({
  method: 'POST',
  paths: ['/_byline/v1/rules'],
  auth: 'required',
  limit: 'write',
  summary: 'Publish a new version of the rules (administrators)',
  body: z.object({ texts: RulesTexts }),
  answer: Rules,
});

export const agreeToRules = operation({
  method: 'PUT',
  paths: ['/_byline/v1/rules/:version/agreement'],
  auth: 'required',
  limit: 'write',
  summary: 'Agree to a version of the rules',
  params: z.object({ version: z.coerce.number().pipe(z.int().min(1)) }),
});

/** An HTML page, for people who want to read the rules without an account. */
export const rulesPage = operation({
  method: 'GET',
  paths: ['/_byline/rules/:version/:language'],
  auth: 'none',
  limit: 'public',
  summary: 'Read a version of the rules as a page',
  params: z.object({ version: z.coerce.number().pipe(z.int().min(1)), language: z.enum(LANGUAGES) }),
});
