import { createHash } from 'node:crypto';

/** Paper, in the light and in the dark: the app's own values for what is public. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --canvas: #f4efe4; --surface: #fbf8f1; --line: #e4dbc9; --text: #262019; --soft: #665b4c; --accent: #3d5c46;
  --vermilion: #c23a1e; --carved: #fffaf3;
  --interface: system-ui, -apple-system, 'Segoe UI', Roboto, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', sans-serif;
  --reading: 'Source Serif 4', 'Noto Serif SC', 'Noto Serif CJK SC', Georgia, 'Songti SC', SimSun, serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --canvas: #171411; --surface: #1f1b17; --line: #383129; --text: #ede6da; --soft: #b5a996; --accent: #a5c6a8;
    --vermilion: #cf4a2c; --carved: #fff6ec;
  }
}
* { box-sizing: border-box }
body { margin: 0; padding: 0 20px 64px; background: var(--canvas); color: var(--text); font: 18px/1.65 var(--reading); overflow-wrap: break-word }
:lang(zh) body { line-height: 1.85 }
main, footer { max-width: 31.5em; margin: 0 auto }
:lang(zh) main, :lang(zh) footer { max-width: 36em }
a { color: var(--accent); text-underline-offset: .2em; text-decoration-thickness: 1px }
a:focus-visible, summary:focus-visible, audio:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 4px }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; text-wrap: balance }
img, video, audio, svg { display: block; max-width: 100% }
.small { font: 14px/1.5 var(--interface); color: var(--soft) }
.masthead { padding: 48px 0 24px; border-bottom: 1px solid var(--line) }
.masthead .face { width: 72px; height: 72px; margin-bottom: 16px; border-radius: 10px; object-fit: cover }
.masthead h1 { margin: 0; font-size: 32px; font-weight: 600 }
.masthead h1 a { color: inherit; text-decoration: none }
.masthead p { margin: 12px 0 0 }
.masthead.of-post { padding: 24px 0 16px }
.masthead.of-post h1 { font-size: 20px }
.verified { margin-top: 8px; font: 15px/1.5 var(--interface) }
.verified summary { display: inline-flex; align-items: center; gap: 8px; min-height: 44px; list-style: none; cursor: pointer }
.verified summary::-webkit-details-marker { display: none }
.verified .meaning { padding: 4px 16px 12px; border: 1px solid var(--line); border-radius: 10px; background: var(--surface) }
.verified .meaning p { margin: 12px 0 0 }
.verified dl { display: grid; grid-template-columns: auto 1fr; gap: 4px 16px; margin: 12px 0 0 }
.verified dt { color: var(--soft) }
.verified dd { margin: 0 }
.seal { flex: none; width: 22px; height: 22px }
.stone { fill: var(--vermilion) }
.carved-fill { fill: var(--carved) }
.carved-line { fill: none; stroke: var(--carved); stroke-width: 2.8; stroke-linecap: round; stroke-linejoin: round }
.ways { display: flex; flex-wrap: wrap; gap: 4px 20px; margin-top: 12px }
.ways a, .pages a, .when a { display: inline-block; padding: 10px 0 }
.heading { margin: 32px 0 0; font: 600 14px/1.5 var(--interface); color: var(--soft) }
article { padding: 16px 0 28px; border-bottom: 1px solid var(--line) }
article:last-of-type { border-bottom: 0 }
.when a { color: inherit; text-decoration: none }
.when a:hover { text-decoration: underline }
.plain { margin: 0; white-space: pre-wrap }
.formatted > :first-child { margin-top: 0 }
.formatted > :last-child { margin-bottom: 0 }
.formatted pre { overflow-x: auto; padding: 12px; border-radius: 6px; background: var(--surface); font-size: 15px }
.formatted blockquote { margin-inline: 0; padding-inline-start: 16px; border-inline-start: 3px solid var(--line); color: var(--soft) }
figure { margin: 0 }
figure img, figure video { width: auto; height: auto; max-height: 80vh; border-radius: 10px }
figure audio { width: 100%; margin-top: 8px }
figcaption { margin-top: 8px }
.wave { width: 100%; height: 40px; fill: var(--accent) }
footer { padding-top: 16px }
.empty { padding: 32px 0; color: var(--soft) }
@media print { :root { --canvas: #fff; --surface: #fff } .ways, .pages, audio { display: none } }
`;

/** Lets the pages load their own pictures and sounds, this style and nothing else; no script can run in them. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "img-src 'self'",
  "media-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
