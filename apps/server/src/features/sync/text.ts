/** The JSON text of an answer, put together from texts that are shared by all who receive the same. */

type Members = readonly (readonly [name: string, json: string | undefined])[];

/** `"name":value,…`; members whose value is `undefined` are left out. */
export const membersText = (members: Members): string => {
  let text = '';
  for (const [name, json] of members) {
    if (json !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${json}`;
  }
  return text;
};

/** The same as an object. */
export const objectText = (members: Members): string => `{${membersText(members)}}`;

/** `{"events":[…]}`. */
export const eventsText = (events: readonly string[]): string => `{"events":[${events.join(',')}]}`;

/** The same, or nothing at all where there are no events. */
export const eventsTextIfAny = (events: readonly string[]): string | undefined =>
  events.length === 0 ? undefined : eventsText(events);
