export interface LinkedPart {
  /** Where it begins in the text. */
  readonly at: number;
  readonly text: string;
  /** Where it leads, when it is an address. */
  readonly href?: string;
}

/** An address, up to where the sentence around it goes on; also without a scheme, as people write them. */
const ADDRESS = /(?:https?:\/\/|www\.)[^\s<>"「」『』（）【】，。；：！？、]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gi;
const AFTER = /[.,;:!?'"*_~]+$/;

/** Signs at the end that belong to the sentence: a full stop, or a bracket that was opened before the address. */
function withoutEnd(found: string): string {
  const trimmed = found.replace(AFTER, '');
  if (!trimmed.endsWith(')')) return trimmed;
  const opened = trimmed.split('(').length;
  const closed = trimmed.split(')').length;
  return closed > opened ? withoutEnd(trimmed.slice(0, -1)) : trimmed;
}

function hrefOf(address: string): string | undefined {
  const whole = /^https?:/i.test(address)
    ? address
    : address.includes('@')
      ? `mailto:${address}`
      : `https://${address}`;
  return URL.canParse(whole) ? whole : undefined;
}

/** Cuts a text into what leads somewhere and what doesn't. */
export function linkedParts(text: string): readonly LinkedPart[] {
  const parts: LinkedPart[] = [];
  let done = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = withoutEnd(found);
    const href = hrefOf(address);
    if (href === undefined) continue;
    if (index > done) parts.push({ at: done, text: text.slice(done, index) });
    parts.push({ at: index, text: address, href });
    done = index + address.length;
  }
  if (done < text.length) parts.push({ at: done, text: text.slice(done) });
  return parts;
}
