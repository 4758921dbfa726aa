import type { SubjectKind } from '@byline/protocol/byline/identity.ts';
import { type Html, html } from './html.ts';

/** The stone's face, and the sign that is carved into it; the same drawings as in the app, on a field of 32. */
const SQUARE =
  'M4.6 1.2C10.8.6 21.5.9 27.2 1.1c2.4.1 3.6 1.2 3.7 3.6.2 7.2.3 15.3 0 22.4-.1 2.5-1.3 3.7-3.8 3.8-6.9.3-15.2.3-22.2-.1-2.5-.1-3.7-1.3-3.8-3.7C.8 19.8.9 12 1.1 4.9 1.2 2.5 2.2 1.4 4.6 1.2Z';

interface Sign {
  readonly filled: readonly string[];
  readonly drawn: readonly string[];
}

const SIGNS: Readonly<Record<SubjectKind, Sign>> = {
  individual: {
    filled: [
      'M16.1 6.1c3.1-.1 5.2 2 5.1 5-.1 3-2.2 5.1-5.2 5.1-3 0-5.2-2.2-5.2-5.2.1-2.9 2.3-4.8 5.3-4.9Z',
      'M6.3 25.7c.2-4.9 3.9-7.9 9.8-7.9 5.7 0 9.4 3 9.7 7.8-6.3.5-13.3.5-19.5.1Z',
    ],
    drawn: [],
  },
  company: {
    filled: ['M12.5 12.4c2.3-.2 4.8-.2 7.1.1.1 2.3.1 4.7-.1 7-2.3.2-4.7.1-7-.1-.2-2.3-.2-4.7 0-7Z'],
    drawn: ['M16.1 6.2c6 0 9.8 3.9 9.8 9.7 0 6-3.9 10-9.8 9.9-6-.1-9.9-3.9-9.9-9.8 0-5.9 4-9.8 9.9-9.8Z'],
  },
  media: {
    filled: ['M7 6.9c6-.3 12-.3 18.1 0 .2 1.7.2 3.6 0 5.4-6 .3-12.1.3-18.1 0-.2-1.8-.2-3.6 0-5.4Z'],
    drawn: ['M7.3 17.3c5.8-.2 11.6-.2 17.5.1', 'M7.4 23.8c3.9.2 7.6.1 11.4-.1'],
  },
  government: {
    filled: [
      'M15.9 5.2c3.3 1.8 6.6 3.7 9.8 5.8.2 1 .1 1.6-.1 2.3-6.4.2-12.9.2-19.2-.1-.3-.7-.3-1.4 0-2.2 3.1-2.1 6.2-4 9.5-5.8Z',
    ],
    drawn: [
      'M9.7 16.2c.1 2 .1 3.8-.1 5.7M16 16.2c-.1 1.9-.1 3.8.1 5.7M22.3 16.2c.2 1.9.1 3.8 0 5.7',
      'M6.6 25.5c6.2-.2 12.6-.2 18.8.1',
    ],
  },
  other: {
    filled: [
      'M16.1 5.6c2.4 0 3.9 1.6 3.8 3.9-.1 2.3-1.6 3.8-3.9 3.7-2.3-.1-3.8-1.6-3.7-3.9.1-2.2 1.6-3.7 3.8-3.7Z',
      'M9.2 18.3c2.3 0 3.8 1.6 3.7 3.9-.1 2.2-1.6 3.7-3.9 3.6-2.2-.1-3.7-1.6-3.7-3.8.1-2.3 1.7-3.7 3.9-3.7Z',
      'M22.9 18.2c2.3.1 3.8 1.6 3.8 3.8-.1 2.3-1.7 3.8-3.9 3.8-2.3-.1-3.7-1.6-3.7-3.9 0-2.2 1.6-3.7 3.8-3.7Z',
    ],
    drawn: ['M16 10.5 9.6 21.3M16.2 10.6l6.3 10.6M10 22l12.2.1'],
  },
};

/** The seal as a drawing. What it means stands beside it in words. */
export const sealOf = (kind: SubjectKind): Html => {
  const { filled, drawn } = SIGNS[kind];
  const fills = filled.map((path) => html`<path class="carved-fill" d="${path}" />`);
  const lines = drawn.map((path) => html`<path class="carved-line" d="${path}" />`);
  return html`<svg class="seal" viewBox="0 0 32 32" aria-hidden="true">
    <path class="stone" d="${SQUARE}" />
    ${lines}${fills}
  </svg>`;
};
