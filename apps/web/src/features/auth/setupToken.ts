const KEY = 'byline.setup';

/** The token of the first administrator's one-time link, kept for this tab until it is used: signing up comes between. */
export const setupToken = {
  read: (): string | undefined => {
    try {
      return sessionStorage.getItem(KEY) ?? undefined;
    } catch {
      // Storage may be forbidden; then the link has to be opened again after signing in.
      return undefined;
    }
  },

  /** Takes it out of the address, where it would be seen and kept. */
  takeFromAddress: (): void => {
    const token = location.hash.slice(1);
    if (token === '') return;
    try {
      sessionStorage.setItem(KEY, token);
      history.replaceState(history.state, '', location.pathname);
    } catch {
      // As above: it stays in the address.
    }
  },

  forget: (): void => {
    try {
      sessionStorage.removeItem(KEY);
    } catch {
      // As above: there is nothing to forget.
    }
  },
};
