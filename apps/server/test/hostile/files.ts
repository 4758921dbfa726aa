const ofBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));
const ofText = (text: string): Uint8Array => new TextEncoder().encode(text);

const PNG = ofBase64(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
);
const GIF = ofBase64('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7');

/** A header that promises a picture of four thousand million pixels. */
const BOMB = PNG.map((byte, index) => (index >= 16 && index < 24 ? [0, 0, 255, 255][index % 4]! : byte));

/** Files that are uploaded: right ones, broken ones, and ones that mean no good. */
export const FILES: readonly Uint8Array[] = [
  PNG,
  GIF,
  BOMB,
  PNG.subarray(0, 40),
  GIF.subarray(0, 12),
  ofText('plain text'),
  ofText('<html><script>alert(1)</script></html>'),
  ofText('<svg xmlns="http://www.w3.org/2000/svg" width="9e9" height="9e9"><script>alert(1)</script></svg>'),
  ofText('{"a":1}'),
  new Uint8Array(20_000).fill(255),
];
