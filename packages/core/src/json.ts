import type { Json, JsonObject } from '@byline/protocol/json.ts';

/** Narrows what was parsed from JSON to an object; `null` and arrays are none. */
export const isJsonObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The strings of an array; nothing of what is no array. */
export const stringsOf = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

/** The own entry of an object, if there is one. A plain look-up would also find what every object inherits. */
export const entryOf = (value: Json | undefined, key: string): Json | undefined =>
  isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
