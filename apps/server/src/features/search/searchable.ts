import { entryOf } from '@byline/core/json.ts';
import type { Json, JsonObject, Pdu } from '@byline/protocol';
import type { SearchKey } from '@byline/protocol/matrix/search.ts';

/** What of an event can be searched for, and under which key. */
export interface SearchableText {
  readonly key: SearchKey;
  readonly text: string;
}

/**
 * What can be found of an event (specification, client-server API: "Server Side Search"); `undefined`: nothing, as of all that
 * is encrypted. `replacement` is the content that holds instead of its own.
 */
export const searchableIn = ({ type, content }: Pdu, replacement?: JsonObject): SearchableText | undefined => {
  const key = KEYS.get(type);
  const text = key === undefined ? undefined : TEXTS[key](replacement ?? content);
  return key === undefined || text === undefined || text === '' ? undefined : { key, text };
};

/** Whether events of this type can be found at all. */
export const isSearchable = ({ type }: Pdu): boolean => KEYS.has(type);

/** The type of the events that are found by a key. */
export const typeOfKey = (wanted: SearchKey): string => [...KEYS].find(([, key]) => key === wanted)?.[0] ?? '';

const KEYS: ReadonlyMap<string, SearchKey> = new Map<string, SearchKey>([
  ['m.room.message', 'content.body'],
  ['m.room.name', 'content.name'],
  ['m.room.topic', 'content.topic'],
]);

const textOf = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

/** The plain text of an `m.topic`. */
const plainTopic = (content: JsonObject): string | undefined => {
  const forms = entryOf(content['m.topic'], 'm.text');
  if (!Array.isArray(forms)) return undefined;
  const isPlain = (form: Json): boolean => ['text/plain', undefined].includes(textOf(entryOf(form, 'mimetype')));
  const plain = (forms as readonly Json[]).find(isPlain);
  return textOf(entryOf(plain, 'body'));
};

const topicText = (content: JsonObject): string | undefined => {
  const texts = [textOf(content['topic']), plainTopic(content)].filter((text) => text !== undefined);
  return texts.length === 0 ? undefined : [...new Set(texts)].join('\n');
};

const TEXTS: Readonly<Record<SearchKey, (content: JsonObject) => string | undefined>> = {
  'content.body': (content) => textOf(content['body']),
  'content.name': (content) => textOf(content['name']),
  'content.topic': topicText,
};
