import { encodeQR } from 'qr';

/** A QR code as rows of modules; true is dark. The quiet zone that readers want is part of it. */
export type Modules = readonly (readonly boolean[])[];

const QUIET_ZONE = 4;

/**
 * Bytes as a QR code (ISO/IEC 18004, byte mode). Whoever compares devices shows one, and its bytes are no text, so they are
 * handed over as they are.
 */
export const modulesOf = (bytes: Uint8Array): Modules =>
  encodeQR('bytes', 'raw', { encoding: 'byte', ecc: 'medium', border: QUIET_ZONE, textEncoder: () => bytes });
