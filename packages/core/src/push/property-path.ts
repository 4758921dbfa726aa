import type { ClientEvent } from '@byline/protocol/event.ts';
import type { Json } from '@byline/protocol/json.ts';
import { entryOf } from '../json.ts';

/** The names that a dot-separated path is made of; `\.` and `\\` are literal (appendices: "Dot-separated property paths"). */
export const namesOf = (path: string): readonly string[] => {
  const names: string[] = [];
  let name = '';
  for (let index = 0; index < path.length; index++) {
    const character = path.charAt(index);
    const next = path.charAt(index + 1);
    if (character === '\\' && (next === '.' || next === '\\')) {
      name += next;
      index++;
    } else if (character === '.') {
      names.push(name);
      name = '';
    } else {
      name += character;
    }
  }
  return [...names, name];
};

/** A property of an event by the names of its path; `undefined` if there is none. */
export const propertyOf = (event: ClientEvent, [first = '', ...inner]: readonly string[]): Json | undefined => {
  let value: Json | undefined = isField(first) ? event[first] : undefined;
  for (const name of inner) value = entryOf(value, name);
  return value;
};

const FIELDS: ReadonlySet<string> = new Set<keyof ClientEvent>([
  'event_id',
  'room_id',
  'type',
  'state_key',
  'sender',
  'content',
  'origin_server_ts',
  'redacts',
  'unsigned',
]);

const isField = (name: string): name is keyof ClientEvent => FIELDS.has(name);
