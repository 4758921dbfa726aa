import type { LogEntry } from './entry.ts';

/** What an entry weighs without what it says. */
const BARE = 512;
/** What any value weighs beside its own text. */
const VALUE = 16;

/**
 * About how many bytes an entry holds in memory. What users write is weighed; what else is in an entry is of about the
 * same size in all.
 */
export const weightOf = (entry: LogEntry): number => BARE + weightOfJson(writtenIn(entry));

/** What a user has written, who may write much. */
const writtenIn = (entry: LogEntry): unknown => {
  if (entry.kind === 'event') return entry.pdu;
  if (entry.kind === 'account-data') return entry.content;
  if (entry.kind === 'to-device') return entry.message.content;
  return entry.kind === 'device-list' ? entry.roomIds : undefined;
};

/** No recursion, because what is nested deep must not overflow the stack. */
const weightOfJson = (value: unknown): number => {
  let weight = 0;
  const open = [value];
  for (let next = open.pop(); open.length > 0 || next !== undefined; next = open.pop()) {
    weight += VALUE;
    if (typeof next === 'string') weight += next.length;
    else if (typeof next === 'object' && next !== null) {
      for (const [key, member] of Object.entries(next)) {
        weight += key.length;
        open.push(member ?? null);
      }
    }
  }
  return weight;
};
