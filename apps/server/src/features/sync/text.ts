/** The JSON text of an answer, put together from texts that are shared by all who receive the same. */

/** `{"name":value,…}`; members whose value is `undefined` are left out. */
export const objectText = (members: readonly (readonly [name: string, json: string | undefined])[]): string => {
  let text = '';
  for (const [name, json] of members) {
    if (json !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${json}`;
  }
  return `{${text}}`;
};

/** `{"events":[…]}`. */
export const eventsText = (events: readonly string[]): string => `{"events":[${events.join(',')}]}`;

/** The same, or nothing at all where there are no events. */
export const eventsTextIfAny = (events: readonly string[]): string | undefined =>
  events.length === 0 ? undefined : eventsText(events);
