/**
 * How a post is written: plain paragraphs, and a few signs that most people know. It is made into the HTML that every
 * Matrix client reads; the plain text stays as it was typed.
 *
 *   # heading   ## smaller heading   > quote   - list   1. list   **strong**   *stressed*   [words](https://…)
 */

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** An address up to where a sentence goes on. */
const ADDRESS = String.raw`https?:\/\/[^\s<>()，。；：！？、）】」』]+[^\s<>().,;:!?'"，。；：！？、）】」』]`;
const INLINE = new RegExp(
  String.raw`\[([^\]\n]+)\]\((${ADDRESS})\)|(${ADDRESS})|\*\*(?=\S)([^*\n]+?)\*\*|\*(?=\S)([^*\n]+?)\*`,
  'g',
);

const link = (address: string, text: string): string => `<a href="${escaped(address)}">${text}</a>`;

/** One line's words, with links and stress. */
function inline(text: string): string {
  let html = '';
  let done = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, words, target, address, strong, stressed] = match;
    html += escaped(text.slice(done, match.index));
    if (words !== undefined && target !== undefined) html += link(target, escaped(words));
    else if (address !== undefined) html += link(address, escaped(address));
    else if (strong !== undefined) html += `<strong>${inline(strong)}</strong>`;
    else html += `<em>${inline(stressed ?? '')}</em>`;
    done = match.index + whole.length;
  }
  return html + escaped(text.slice(done));
}

interface Kind {
  readonly sign: RegExp;
  readonly html: (lines: readonly string[]) => string;
}

const items = (lines: readonly string[]): string => lines.map((line) => `<li>${inline(line)}</li>`).join('');
const broken = (lines: readonly string[]): string => lines.map(inline).join('<br>');
const headings =
  (level: number) =>
  (lines: readonly string[]): string =>
    lines.map((line) => `<h${level}>${inline(line)}</h${level}>`).join('');

/** What a line can be, by the sign at its start; anything else belongs to a paragraph. */
const KINDS: readonly Kind[] = [
  { sign: /^##\s+/, html: headings(3) },
  { sign: /^#\s+/, html: headings(2) },
  { sign: /^>\s?/, html: (lines) => `<blockquote><p>${broken(lines)}</p></blockquote>` },
  { sign: /^[-*•]\s+/, html: (lines) => `<ul>${items(lines)}</ul>` },
  { sign: /^\d{1,3}[.)]\s+/, html: (lines) => `<ol>${items(lines)}</ol>` },
];
const PARAGRAPH: Kind = { sign: /^/, html: (lines) => `<p>${broken(lines)}</p>` };

interface Block {
  readonly kind: Kind;
  readonly lines: string[];
}

/** Neighbouring lines of one kind make one block; an empty line ends it. */
function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let open: Block | undefined;
  for (const line of text.split('\n')) {
    if (line.trim() === '') {
      open = undefined;
      continue;
    }
    const kind = KINDS.find(({ sign }) => sign.test(line)) ?? PARAGRAPH;
    if (open?.kind !== kind) {
      open = { kind, lines: [] };
      blocks.push(open);
    }
    open.lines.push(line.replace(kind.sign, '').trim());
  }
  return blocks;
}

/** The HTML of what was written. */
export const htmlOf = (text: string): string =>
  blocksOf(text)
    .map(({ kind, lines }) => kind.html(lines))
    .join('');

/** The content of a text message; formatted only where the writing asks for more than one plain line. */
export function textContentOf(text: string): {
  readonly body: string;
  readonly format?: string;
  readonly formatted_body?: string;
} {
  const body = text.trim();
  const html = htmlOf(body);
  if (html === `<p>${escaped(body)}</p>`) return { body };
  return { body, format: 'org.matrix.custom.html', formatted_body: html };
}
