/** What is to hold from a time on (milliseconds since the epoch), until the next begins. */
export interface Version<Value> {
  readonly value: Value;
  readonly from: number;
}

/** Versions in the order in which they begin; of two that begin at once the later decided comes last, and holds. */
export type Schedule<Value> = readonly Version<Value>[];

/** The schedule as it would be if something were decided now. */
export const decided = <Value>(schedule: Schedule<Value>, added: Version<Value>): Schedule<Value> => [
  ...schedule.filter(({ from }) => from <= added.from),
  added,
  ...schedule.filter(({ from }) => from > added.from),
];

/** What holds at a time; `undefined`: nothing was decided for it. */
export const versionAt = <Value>(schedule: Schedule<Value>, at: number): Version<Value> | undefined =>
  schedule.findLast(({ from }) => from <= at);

/** Since when what holds at a time has held without a break, however often it was decided again; `undefined`: nothing was decided. */
export const runningSince = <Value>(schedule: Schedule<Value>, at: number): number | undefined => {
  const held = schedule.filter(({ from }, index) => from <= at && schedule[index + 1]?.from !== from);
  const last = held.at(-1);
  if (last === undefined) return undefined;
  const before = held.findLastIndex(({ value }) => value !== last.value);
  return held[before + 1]?.from;
};
