import type { Json, JsonObject } from '@byline/protocol/json.ts';
import type { EventFilter, RoomEventFilter } from '@byline/protocol/matrix/filter.ts';
import { entryOf, isJsonObject } from '../json.ts';

/** What a filter looks at. */
export interface Filtered {
  readonly type: string;
  readonly sender?: string;
  readonly content: JsonObject;
}

/** Whether a filter lets an event pass (client-server API: "Filtering"). What is excluded stays out, even if it is listed too. */
export const passes = (filter: EventFilter | RoomEventFilter | undefined, event: Filtered): boolean => {
  if (filter === undefined) return true;
  return (
    passesTypes(filter, event.type) &&
    passesNames(filter.senders, filter.not_senders, event.sender) &&
    passesUrl(filter, event.content)
  );
};

/**
 * An event with only the fields that are asked for (`event_fields`): dot-separated paths, in which `\.` and `\\` stand for
 * a dot and a backslash of a name. What an event does not have is left out.
 */
export const withFields = (event: JsonObject, fields: readonly string[]): JsonObject => {
  const shown: JsonObject = {};
  for (const field of fields) copyField(event, shown, namesIn(field));
  return shown;
};

const copyField = (from: JsonObject, to: JsonObject, [name = '', ...rest]: readonly string[]): void => {
  const value = entryOf(from, name);
  if (value === undefined) return;
  if (rest.length === 0) return setOwn(to, name, value);
  if (!isJsonObject(value)) return;
  const before = entryOf(to, name);
  const part = isJsonObject(before) && before !== value ? before : {};
  if (before === value) return;
  copyField(value, part, rest);
  if (Object.keys(part).length > 0) setOwn(to, name, part);
};

/** A plain assignment to `__proto__` would set something else. */
const setOwn = (object: JsonObject, name: string, value: Json): void => {
  Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true });
};

const namesIn = (field: string): string[] => {
  const names = [''];
  for (const [part] of field.matchAll(/\\[.\\]|\.|[^.\\]+|\\/gs)) {
    if (part === '.') names.push('');
    else names.push(`${names.pop()}${part.length === 2 && part.startsWith('\\') ? part.slice(1) : part}`);
  }
  return names;
};

/** Whether a filter speaks of a room. */
export const passesRoom = (filter: Pick<RoomEventFilter, 'rooms' | 'not_rooms'> | undefined, roomId: string): boolean =>
  passesNames(filter?.rooms, filter?.not_rooms, roomId);

const passesTypes = (filter: EventFilter, type: string): boolean => {
  if (filter.not_types?.some((pattern) => matchesType(pattern, type)) === true) return false;
  return filter.types === undefined || filter.types.some((pattern) => matchesType(pattern, type));
};

const passesNames = (
  wanted: readonly string[] | undefined,
  unwanted: readonly string[] | undefined,
  name: string | undefined,
): boolean => {
  if (name === undefined) return wanted === undefined;
  if (unwanted?.includes(name) === true) return false;
  return wanted === undefined || wanted.includes(name);
};

const passesUrl = (filter: EventFilter | RoomEventFilter, content: JsonObject): boolean => {
  const wanted = filter['contains_url'];
  return typeof wanted !== 'boolean' || (typeof content['url'] === 'string') === wanted;
};

/** `*` stands for any characters. */
const matchesType = (pattern: string, type: string): boolean => {
  if (!pattern.includes('*')) return pattern === type;
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop() ?? '';
  if (!type.startsWith(first) || type.length < first.length + last.length || !type.endsWith(last)) return false;
  let from = first.length;
  for (const part of rest) {
    const at = type.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return from <= type.length - last.length;
};
