import type { UserId } from '@byline/protocol';

/** Whether somebody may talk at all; the provider's policy on verified identity decides. */
export interface Gate {
  /** Throws `BYLINE_IDENTITY_REQUIRED` where the policy asks for more than is known of the user. */
  readonly requireMayTalk: (userId: UserId) => Promise<void> | void;
}
