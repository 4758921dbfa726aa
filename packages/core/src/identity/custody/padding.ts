/** A sealed text shows its length, so all are made a multiple of this: what is short (a country) all look the same. */
const STEP = 128;
const LENGTH_BYTES = 2;

/** A text as bytes: its length (two bytes), itself in UTF-8, zeros. Throws for texts of 64 KiB. */
export const padded = (text: string): Uint8Array<ArrayBuffer> => {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > 0xffff) throw new RangeError('A field of an identity is shorter.');
  const filled = new Uint8Array(Math.ceil((LENGTH_BYTES + bytes.length) / STEP) * STEP);
  new DataView(filled.buffer).setUint16(0, bytes.length);
  filled.set(bytes, LENGTH_BYTES);
  return filled;
};

/** The text that was padded. */
export const unpadded = (filled: Uint8Array): string => {
  const length = new DataView(filled.buffer, filled.byteOffset).getUint16(0);
  return new TextDecoder().decode(filled.subarray(LENGTH_BYTES, LENGTH_BYTES + length));
};
