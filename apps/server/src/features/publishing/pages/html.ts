/** Markup that is safe to show: made by `html`, or by what escapes and checks for itself. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template: text is escaped, markup is not, lists are joined, nothing is nothing. */
type Value = Html | string | number | undefined | readonly Value[];

/** Writes markup. Every value is escaped unless it is markup already. Attributes must stand in double quotes. */
export const html = (parts: TemplateStringsArray, ...values: readonly Value[]): Html =>
  new Html(parts.map((part, index) => part + (index < values.length ? markupOf(values[index]) : '')).join(''));

/** The same for XML, whose white space is nobody's to change. */
export const xml = (parts: TemplateStringsArray, ...values: readonly Value[]): Html => html(parts, ...values);

const markupOf = (value: Value): string => {
  if (value === undefined) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(markupOf).join('');
  return escapeText(String(value));
};

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in markup and in quoted attributes, in HTML and in XML. */
export const escapeText = (text: string): string => text.replaceAll(/[&<>"']/g, (one) => ENTITIES[one] ?? '');
