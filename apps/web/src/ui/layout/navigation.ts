/** What an address remembers of the screen that led to it. */
export interface CameFrom {
  readonly from: string;
}

let moved = false;
for (const kind of ['pushState', 'popstate']) {
  addEventListener(kind, () => {
    moved = true;
  });
}

/** True once the person has gone from one screen to another; false on the screen that the page was opened with. */
export const hasMoved = (): boolean => moved;

/** True when the step before this screen was `parent`, so that going back and going up are the same. */
export function cameFrom(parent: string): boolean {
  const state: unknown = history.state;
  return typeof state === 'object' && state !== null && 'from' in state && state.from === parent;
}
