import { blocksInvitations, INVITE_PERMISSION } from '@byline/core/account/invite-permission.ts';
import { DomainError, type UserId } from '@byline/protocol';
import type { AccountData } from '../account-data/service.ts';
import type { People } from './people.ts';

export interface InvitationParts {
  readonly people: People;
  readonly accountData: Pick<AccountData, 'find'>;
}

/** Who can be invited, and who wants to be (specification, client-server API: "Invite permission"). */
export class Invitations {
  readonly #people: People;
  readonly #accountData: Pick<AccountData, 'find'>;

  constructor({ people, accountData }: InvitationParts) {
    this.#people = people;
    this.#accountData = accountData;
  }

  /** Throws `M_NOT_FOUND` unless somebody can answer an invitation, `M_INVITE_BLOCKED` where they want none. */
  async requireWelcome(userId: UserId): Promise<void> {
    const user = await this.#people.find(userId);
    if (user?.kind !== 'person' || user.deactivated) {
      throw new DomainError('M_NOT_FOUND', `Nobody who could be invited is called ${userId} here.`);
    }
    if (await this.areBlockedBy(userId)) {
      throw new DomainError('M_INVITE_BLOCKED', `${userId} does not take invitations.`);
    }
  }

  /** Whether a user wants no invitations at all. */
  async areBlockedBy(userId: UserId): Promise<boolean> {
    return blocksInvitations(await this.#accountData.find({ userId, roomId: null, type: INVITE_PERMISSION }));
  }
}
