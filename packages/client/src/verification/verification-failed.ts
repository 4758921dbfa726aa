/**
 * Why a verification did not come about; screens have a text for each.
 * `refused`: the person said no there; `unreachable`: the identity provider does not answer; `not-trustworthy`: what it
 * answered does not hold (another issuer, nonce, recipient or time); `interrupted`: this browser did not begin it, or no
 * longer knows.
 */
export type VerificationFailure = 'refused' | 'unreachable' | 'not-trustworthy' | 'interrupted';

/** A verification did not come about; the application stands where it stood. */
export class VerificationFailed extends Error {
  override readonly name = 'VerificationFailed';
  readonly why: VerificationFailure;

  constructor(why: VerificationFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.why = why;
  }
}
