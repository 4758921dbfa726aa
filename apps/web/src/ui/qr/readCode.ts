import { decodeQR } from 'qr/decode.js';

/** The bytes of the QR code in a picture, if there is one that can be read. */
export function readCode(picture: ImageData): Uint8Array | undefined {
  const read: number[] = [];
  try {
    decodeQR(picture, {
      textDecoder: (part) => {
        read.push(...part);
        return '';
      },
    });
    return Uint8Array.from(read);
  } catch {
    // Most pictures of a camera show none, or not clearly enough; the next may.
    return undefined;
  }
}
