import type { RegisterEntry } from '@byline/protocol/byline/register.ts';

const COLUMNS = ['name', 'handle', 'kind', 'category', 'label', 'since'] as const satisfies (keyof RegisterEntry)[];

/** With these a table program takes a text for a formula, and runs it. */
const BEGINS_A_FORMULA = /^[=+\-@\t\r]/;

/** The first line, with the names of the columns (RFC 4180). */
export const REGISTER_HEADER = `${COLUMNS.join(',')}\r\n`;

/** An entry as a line of CSV (RFC 4180). What a table program would run as a formula gets an apostrophe in front. */
export const registerLine = (entry: RegisterEntry): string =>
  `${COLUMNS.map((column) => cell(entry[column] ?? '')).join(',')}\r\n`;

const cell = (text: string): string => {
  const harmless = BEGINS_A_FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n']/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
};
