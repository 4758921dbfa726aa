const HOME = '/chats';
const NEXT = 'next';

/** The address of the sign-in screen that leads on to `wanted`. */
export const signInPath = (wanted: string): string =>
  wanted === HOME || wanted === '/' ? '/sign-in' : `/sign-in?${new URLSearchParams({ [NEXT]: wanted })}`;

/** The address that everybody passes who has just signed in, on the way to `wanted`. */
export const safetyPath = (wanted: string): string =>
  wanted === HOME ? '/safe' : `/safe?${new URLSearchParams({ [NEXT]: wanted })}`;

/** Where the query of a door leads on to. Only places of this app: an address from elsewhere could name any site. */
export function nextFrom(search: string): string {
  const wanted = new URLSearchParams(search).get(NEXT) ?? HOME;
  return /^\/[\w!$@]/.test(wanted) ? wanted : HOME;
}
