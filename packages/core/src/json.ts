import type { Json, JsonObject } from '@byline/protocol/json.ts';

/** Narrows what was parsed from JSON to an object; `null` and arrays are none. */
export const isJsonObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
