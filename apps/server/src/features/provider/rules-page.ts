import type { Clause, Language, RulesText } from '@byline/protocol/byline/rules.ts';

const HEADINGS: Readonly<Record<Language, Readonly<Record<Clause['binds'], string>>>> = {
  en: { publishers: 'For whoever speaks to the public', provider: 'For the provider' },
  'zh-Hans': { publishers: '面向公众发言者', provider: '服务提供者' },
};

const VERSION: Readonly<Record<Language, (version: number) => string>> = {
  en: (version) => `Version ${version}`,
  'zh-Hans': (version) => `第 ${version} 版`,
};

/** A version of the rules as a page of its own, which needs no script. */
export const rulesPageOf = (text: RulesText, version: number, language: Language): string => {
  const sections = (['publishers', 'provider'] as const).map((binds) => sectionOf(text, binds, language));
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(text.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escape(text.title)}</h1>
<p>${escape(text.introduction)}</p>
${sections.join('\n')}
<footer>${VERSION[language](version)}</footer>
</main>
</body>
</html>
`;
};

const sectionOf = (text: RulesText, binds: Clause['binds'], language: Language): string => {
  const clauses = text.clauses.filter((clause) => clause.binds === binds);
  if (clauses.length === 0) return '';
  return `<h2>${HEADINGS[language][binds]}</h2>\n${clauses.map(clauseOf).join('\n')}`;
};

const clauseOf = ({ id, title, text }: Clause): string =>
  `<section id="${id}"><h3>${escape(title)}</h3><p>${escape(text)}</p></section>`;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

const STYLE = `
:root { color-scheme: light dark; font: 18px/1.6 system-ui, 'Noto Sans SC', sans-serif }
body { margin: 0; padding: 2rem 1rem }
main { max-width: 38rem; margin: 0 auto }
h1, h2, h3 { line-height: 1.25 }
h2 { margin-top: 2.5rem; font-size: 1.1rem }
h3 { margin: 1.5rem 0 0; font-size: 1rem }
section p { margin: 0.25rem 0 0 }
footer { margin-top: 3rem; font-size: 0.85rem }
`;
