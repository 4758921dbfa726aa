import { storedChoice } from './choice.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const themeChoice = storedChoice<Theme>('byline.theme', THEMES, 'system');

/** Colours the browser's own frame like the page. */
function colourFrame(): void {
  const colour = getComputedStyle(document.body).backgroundColor;
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) meta.content = colour;
}

function show(): void {
  const theme = themeChoice.read();
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  colourFrame();
}

/** Shows the chosen theme, now and after every change. Without a choice the person's system decides, by CSS alone. */
export function startTheme(): void {
  show();
  themeChoice.subscribe(show);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', colourFrame);
}
