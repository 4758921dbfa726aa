import { expect, test } from 'vitest';
import { REASON_TEMPLATES, TEMPLATE_USES, templatesFor } from './reason-templates.ts';
import { LANGUAGES } from './rules.ts';

test('each template says something in every language, and cites a clause', () => {
  for (const template of REASON_TEMPLATES) {
    expect(template.clause).toMatch(/^[a-z][a-z0-9-]+$/);
    for (const language of LANGUAGES) expect(template.text[language].length).toBeGreaterThan(10);
  }
  expect(new Set(REASON_TEMPLATES.map(({ id }) => id)).size).toBe(REASON_TEMPLATES.length);
});

test.each(TEMPLATE_USES)('there is one to begin with: %s', (use) => {
  expect(templatesFor(use).length).toBeGreaterThan(0);
});
