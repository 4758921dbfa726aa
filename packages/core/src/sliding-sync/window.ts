/** The first and the last index of a window, both in it (MSC4186: `range`). */
export type Range = readonly [first: number, last: number];

/** The part of a list that some ranges show, in the list's order; no ranges: all of it. */
export const windowOf = <Item>(list: readonly Item[], ranges: readonly Range[] | undefined): readonly Item[] => {
  if (ranges === undefined) return list;
  const shown = joined(ranges).map(([first, last]) => list.slice(first, last + 1));
  return shown.length === 1 ? (shown[0] ?? []) : shown.flat();
};

/** The same ranges in order, and none touching another, so that nothing is shown twice. */
const joined = (ranges: readonly Range[]): Range[] => {
  const inOrder = ranges.filter(([first, last]) => first <= last).toSorted((left, right) => left[0] - right[0]);
  const joint: Range[] = [];
  for (const [first, last] of inOrder) {
    const before = joint.at(-1);
    if (before !== undefined && first <= before[1] + 1)
      joint[joint.length - 1] = [before[0], Math.max(before[1], last)];
    else joint.push([first, last]);
  }
  return joint;
};
