/** What a search compares, so that width, case and composition of characters make no difference, on any engine. */
export const searchText = (...texts: readonly string[]): string => texts.map(normalised).join('\n');

/** The words of a query: each must be found. A script without spaces makes one word of one character or more. */
export const searchTerms = (query: string): string[] => [...new Set(normalised(query).split(/\s+/u))].filter(Boolean);

const normalised = (text: string): string => text.normalize('NFKC').toLowerCase().trim();
