/** How a line begins that is more than a paragraph, and the elements that it becomes; the web app writes posts the same way. */
const SIGNS = [
  { sign: '## ', inner: 'h3', outer: '' },
  { sign: '# ', inner: 'h2', outer: '' },
  { sign: '> ', inner: 'p', outer: 'blockquote' },
  { sign: '- ', inner: 'li', outer: 'ul' },
] as const;
const PARAGRAPH = { sign: '', inner: 'p', outer: '' } as const;

const kindOf = (line: string) => SIGNS.find(({ sign }) => line.startsWith(sign)) ?? PARAGRAPH;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const wrapped = (name: string, inner: string): string => (name === '' ? inner : `<${name}>${inner}</${name}>`);

/** The content of a message that is an article: each line is a paragraph, a heading, a quote or an item of a list. */
export const articleOf = (lines: readonly string[]) => {
  const runs: { kind: ReturnType<typeof kindOf>; lines: string[] }[] = [];
  for (const line of lines) {
    const kind = kindOf(line);
    const last = runs.at(-1);
    if (last?.kind === kind && kind.outer !== '') last.lines.push(line);
    else runs.push({ kind, lines: [line] });
  }
  const html = runs.map(({ kind, lines: own }) =>
    wrapped(kind.outer, own.map((line) => wrapped(kind.inner, escaped(line.slice(kind.sign.length)))).join('')),
  );
  return {
    msgtype: 'm.text',
    body: runs.map((run) => run.lines.join('\n')).join('\n\n'),
    format: 'org.matrix.custom.html',
    formatted_body: html.join(''),
  };
};
