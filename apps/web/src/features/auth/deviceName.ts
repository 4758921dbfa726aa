/** What `navigator` tells of the device; the first is in Chromium only. */
interface Told {
  readonly userAgentData?: { readonly platform: string; readonly brands: readonly { readonly brand: string }[] };
  readonly userAgent: string;
}

const BROWSERS = [
  ['Firefox', /Firefox\//],
  ['Edge', /Edg\//],
  ['Opera', /OPR\//],
  ['Chrome', /Chrome\//],
  ['Safari', /Safari\//],
] as const;

const SYSTEMS = [
  ['Android', /Android/],
  ['iPhone', /iPhone/],
  ['iPad', /iPad/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X/],
  ['Linux', /Linux/],
] as const;

const found = (table: readonly (readonly [string, RegExp])[], text: string): string | undefined =>
  table.find(([, pattern]) => pattern.test(text))?.[0];

/** What the person's list of devices calls this one: `Byline, Firefox on Linux`. Names of products, so it needs no translation. */
export function deviceName({ userAgentData, userAgent }: Told): string {
  const browser = found(BROWSERS, userAgent);
  const system = userAgentData?.platform || found(SYSTEMS, userAgent);
  return ['Byline', [browser, system].filter(Boolean).join(' · ')].filter(Boolean).join(' · ');
}
