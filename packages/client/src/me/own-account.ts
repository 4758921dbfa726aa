import { changePassword as changePasswordOperation, deactivateAccount } from '@byline/protocol/matrix/account.ts';
import type { SignedIn } from '../session/signed-in.ts';
import { withPassword } from './password-proof.ts';

/** Throws `WrongPassword`, `ApiError` (`M_WEAK_PASSWORD`, …). */
export async function changePassword(
  { api, userId }: SignedIn,
  change: { readonly current: string; readonly next: string; readonly signOutOthers: boolean },
): Promise<void> {
  const body = { new_password: change.next, logout_devices: change.signOutOthers };
  await withPassword({ userId, password: change.current }, (auth) =>
    api.call(changePasswordOperation, { body: { ...body, ...(auth && { auth }) } }),
  );
}

/** Closes the account for good, with all that can be forgotten of it. Throws `WrongPassword`, `ApiError`. */
export async function closeAccount({ api, userId }: SignedIn, password: string): Promise<void> {
  await withPassword({ userId, password }, (auth) =>
    api.call(deactivateAccount, { body: { erase: true, ...(auth && { auth }) } }),
  );
}
