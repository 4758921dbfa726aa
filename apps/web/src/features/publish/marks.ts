/** What can be set in a text, by the signs that stand for it. */
export const MARKS = ['heading', 'strong', 'stressed', 'quote', 'list', 'link'] as const;
export type Mark = (typeof MARKS)[number];

/** A text with what is selected in it. */
export interface Selected {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const AROUND = { strong: ['**', '**'], stressed: ['*', '*'], link: ['[', '](https://)'] } as const;
const BEFORE_LINES = { heading: '# ', quote: '> ', list: '- ' } as const;

/** Sets a mark on what is selected, or takes it away again where it is set. */
export function withMark(selected: Selected, mark: Mark): Selected {
  if (mark === 'heading' || mark === 'quote' || mark === 'list') return markedLines(selected, BEFORE_LINES[mark]);
  const [before, after] = AROUND[mark];
  return markedAround(selected, before, after, mark === 'link');
}

function markedAround({ text, start, end }: Selected, before: string, after: string, isLink: boolean): Selected {
  const inside = text.slice(start, end);
  const isSet = text.slice(0, start).endsWith(before) && text.slice(end).startsWith(after);
  if (isSet) {
    const without = text.slice(0, start - before.length) + inside + text.slice(end + after.length);
    return { text: without, start: start - before.length, end: end - before.length };
  }
  const marked = text.slice(0, start) + before + inside + after + text.slice(end);
  if (isLink && inside !== '') {
    // The words are there; what is missing is the address.
    const address = start + before.length + inside.length + '](https://'.length;
    return { text: marked, start: address, end: address };
  }
  return { text: marked, start: start + before.length, end: end + before.length };
}

function markedLines({ text, start, end }: Selected, sign: string): Selected {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const to = end + ((text.slice(end).match(/^[^\n]*/) ?? [''])[0]?.length ?? 0);
  const lines = text.slice(from, to).split('\n');
  const isSet = lines.every((line) => line.startsWith(sign));
  const changed = lines.map((line) => (isSet ? line.slice(sign.length) : sign + line)).join('\n');
  const first = isSet ? -sign.length : sign.length;
  return {
    text: text.slice(0, from) + changed + text.slice(to),
    start: Math.max(from, start + first),
    end: end + changed.length - (to - from),
  };
}
