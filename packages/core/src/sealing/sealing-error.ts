/** Why something could not be sealed, opened or unlocked; screens have a text for each. */
export type SealingErrorCode =
  | 'malformed-key'
  | 'malformed-sealed'
  | 'other-key'
  | 'cannot-open'
  | 'not-a-key-file'
  | 'newer-key-file'
  | 'weak-passphrase'
  | 'wrong-passphrase';

/** What sealing throws. It happens where the keys are, in a browser or a command line, so it knows no HTTP. */
export class SealingError extends Error {
  readonly code: SealingErrorCode;

  constructor(code: SealingErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SealingError';
    this.code = code;
  }
}
