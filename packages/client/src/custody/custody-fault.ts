import type { OpeningFault } from '@byline/core/identity/custody/opening.ts';

/** Why this browser takes no part in something; screens have a text for each. */
export type CustodyFaultCode = OpeningFault | 'unconfirmed-custodians' | 'not-joined';

/** What was asked does not stand up to a check here, whatever the server says. */
export class CustodyFault extends Error {
  override readonly name = 'CustodyFault';
  readonly code: CustodyFaultCode;

  constructor(code: CustodyFaultCode) {
    super(`This does not stand up to a check: ${code}.`);
    this.code = code;
  }
}
