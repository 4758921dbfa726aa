/** A post's own address in this app, below the account in one of the places. */
export const postPath = (place: string, handle: string, postId: string): string =>
  `${place}/${handle}/${encodeURIComponent(postId).replace('%24', '$')}`;

/** The id of a post from its address, which may have been written with its first sign escaped. */
export function postIdIn(part: string | undefined): string | undefined {
  try {
    return part && decodeURIComponent(part);
  } catch {
    return part;
  }
}
