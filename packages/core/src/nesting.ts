/** As deep as an event may be nested. */
const MOST_LEVELS = 200;

/** Whether a value is nested so deep that to walk through it might overflow the stack. This walk does not. */
export const isNestedTooDeep = (value: unknown): boolean => {
  let level = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MOST_LEVELS) return true;
    const next: unknown[] = [];
    for (const one of level) if (typeof one === 'object' && one !== null) addMembers(next, one);
    level = next;
  }
  return false;
};

const addMembers = (members: unknown[], value: object): void => {
  for (const member of Object.values(value)) members.push(member);
};
