/** True when items were put before the ones that were there, or taken from there: the list then holds its place from its end. */
export function cameBefore(before: readonly string[], now: readonly string[]): boolean {
  const oldFirst = before[0];
  if (oldFirst === undefined || now[0] === undefined || oldFirst === now[0]) return false;
  return before.at(-1) === now.at(-1);
}
