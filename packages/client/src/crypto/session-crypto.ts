import type { MatrixClient } from 'matrix-js-sdk';
import { AllDevicesIsolationMode } from 'matrix-js-sdk/lib/crypto-api/index.js';
import { hasCamera } from './camera.ts';
import { keyStoreOf } from './key-store.ts';

/** The ways to compare two devices that this one has: emoji, a code that the other one scans, and its code with a camera. */
export async function verificationMethods(): Promise<string[]> {
  const always = ['m.sas.v1', 'm.qr_code.show.v1', 'm.reciprocate.v1'];
  return (await hasCamera()) ? [...always, 'm.qr_code.scan.v1'] : always;
}

/**
 * Starts end-to-end encryption. Its keys are kept in this browser, for each device apart. Where a browser keeps nothing
 * it is not started: a device that had other keys at each start would be a stranger each time.
 * `client.getCrypto()` tells afterwards whether it runs.
 */
export async function startCrypto(
  client: MatrixClient,
  device: { readonly userId: string; readonly deviceId: string },
): Promise<void> {
  const isBrowser = typeof document !== 'undefined';
  try {
    if (isBrowser) await client.initRustCrypto({ cryptoDatabasePrefix: keyStoreOf(device) });
    else await client.initRustCrypto({ useIndexedDB: false });
  } catch {
    // The screens say that encrypted conversations can't be read here, and why.
    return;
  }
  // A change of somebody's identity is told in the conversation; it must not stop what one says.
  client.getCrypto()?.setDeviceIsolationMode(new AllDevicesIsolationMode(false));
}
