import { deleteDevices } from '@byline/protocol/matrix/devices.ts';
import { type MatrixClient, MatrixError } from 'matrix-js-sdk';
import type { CryptoApi } from 'matrix-js-sdk/lib/crypto-api/index.js';
import type { AuthDict, UIAuthCallback } from 'matrix-js-sdk/lib/interactive-auth.js';
import { withPassword, WrongPassword } from '../me/password-proof.ts';
import type { SignedIn } from '../session/signed-in.ts';

const PASSWORD = 'm.login.password';

/** The first time no proof is wanted: there is nothing yet that somebody could take over. */
const withoutProof: UIAuthCallback<void> = (send) => send(null);

/**
 * Makes the keys by which the devices of an account know each other, and begins to keep a sealed copy of the keys of
 * its conversations. Done once for each account, by its first device, with nothing asked.
 */
export async function beginIdentity(crypto: CryptoApi): Promise<void> {
  await crypto.bootstrapCrossSigning({ authUploadDeviceSigningKeys: withoutProof });
  if ((await crypto.checkKeyBackupAndEnable()) === null) await crypto.resetKeyBackup();
  // Only what the server gives back counts as signed.
  await crypto.userHasCrossSigningKeys();
}

/**
 * Begins anew, when no device and no recovery key is left: what was said before can't be read any more, and others are
 * told that the identity changed. Throws `WrongPassword` (then nothing has changed), `ApiError`, `MatrixError`.
 */
export async function beginAnew(account: SignedIn, client: MatrixClient, password: string): Promise<void> {
  const crypto = client.getCrypto();
  if (crypto === undefined) return;
  await provePassword(account, password);
  const before = await client.secretStorage.getDefaultKeyId();
  // The new keys can't be put where only the lost recovery key leads.
  await client.secretStorage.setDefaultKeyId(null);
  try {
    const authUploadDeviceSigningKeys = withPasswordProof(account.userId, password);
    await crypto.bootstrapCrossSigning({ setupNewCrossSigning: true, authUploadDeviceSigningKeys });
  } catch (error) {
    await client.secretStorage.setDefaultKeyId(before);
    throw error;
  }
  await crypto.resetKeyBackup();
  await crypto.userHasCrossSigningKeys();
}

/** The library makes new keys before it asks for the password, so it is tried first with something that does nothing. */
async function provePassword({ api, userId }: SignedIn, password: string): Promise<void> {
  await withPassword({ userId, password }, (auth) =>
    api.call(deleteDevices, { body: { devices: [], ...(auth && { auth }) } }),
  );
}

/** How the library's requests are proven with the password. */
const withPasswordProof =
  (userId: string, password: string): UIAuthCallback<void> =>
  async (send) => {
    try {
      await send(null);
    } catch (error) {
      const session = sessionIn(error);
      if (session === undefined) throw error;
      const proof: AuthDict = { type: PASSWORD, identifier: { type: 'm.id.user', user: userId }, password, session };
      await sendProof(() => send(proof));
    }
  };

async function sendProof(send: () => Promise<void>): Promise<void> {
  try {
    await send();
  } catch (error) {
    throw sessionIn(error) === undefined ? error : new WrongPassword();
  }
}

/** The session of a request for proof. */
function sessionIn(error: unknown): string | undefined {
  if (!(error instanceof MatrixError) || error.httpStatus !== 401) return undefined;
  const { session } = error.data as { readonly session?: unknown };
  return typeof session === 'string' ? session : undefined;
}
