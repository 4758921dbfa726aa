/** Whether two values of plain data say the same. What compares equal need not be drawn again. */
export function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [left, right] = [Object.entries(one), new Map<string, unknown>(Object.entries(other))];
  return left.length === right.size && left.every(([key, value]) => right.has(key) && isSame(value, right.get(key)));
}

/** The items of `now`, each as the very one of `before` that has its key when both say the same. */
export function keepSame<Item extends { readonly key: string }>(
  before: readonly Item[],
  now: readonly Item[],
): readonly Item[] {
  const known = new Map(before.map((item) => [item.key, item]));
  const items = now.map((item) => {
    const old = known.get(item.key);
    return old !== undefined && isSame(old, item) ? old : item;
  });
  const unchanged = items.length === before.length && items.every((item, index) => item === before[index]);
  return unchanged ? before : items;
}
