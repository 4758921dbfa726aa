import { searchTerms, searchText } from '@byline/core/account/search-text.ts';
import type { Person } from '../timeline/message.ts';

/** A message in which what one looks for was said. */
export interface FoundMessage {
  readonly key: string;
  readonly roomId: string;
  readonly sender: Person;
  /** In milliseconds since 1970. */
  readonly at: number;
  readonly text: string;
}

/** A part of a text, and whether it is what one looks for. */
export interface Part {
  readonly text: string;
  readonly isMatch: boolean;
}

/** Whether all the words are in a text, whatever their case or width. */
export const says = (text: string, words: string): boolean => {
  const searched = searchText(text);
  const terms = searchTerms(words);
  return terms.length > 0 && terms.every((term) => searched.includes(term));
};

/** A text in parts, so that the words can be marked where they stand. */
export function partsOf(text: string, words: string): readonly Part[] {
  const terms = words.trim().split(/\s+/u).filter(Boolean);
  if (terms.length === 0) return [{ text, isMatch: false }];
  const anyTerm = new RegExp(`(${terms.map((term) => escaped(term)).join('|')})`, 'giu');
  // Splitting by a group keeps what it caught, at every second place.
  return text
    .split(anyTerm)
    .map((part, index) => ({ text: part, isMatch: index % 2 === 1 }))
    .filter((part) => part.text !== '');
}

const escaped = (term: string): string => term.replaceAll(/[\\^$.*+?()[\]{}|]/gu, String.raw`\$&`);

const BEFORE = 30;

/** A long text from shortly before the first of the words, so that a line shows it. */
export function aroundMatch(text: string, words: string): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim();
  const parts = partsOf(line, words);
  const [before] = parts;
  if (before === undefined || before.isMatch || before.text.length <= BEFORE) return line;
  const start = parts.some(({ isMatch }) => isMatch) ? before.text.length - BEFORE : 0;
  return start === 0 ? line : `…${line.slice(start)}`;
}

/** Newest first. */
export const byTime = (one: FoundMessage, other: FoundMessage): number => other.at - one.at;
