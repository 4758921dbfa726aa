interface DeviceName {
  readonly userId: string;
  readonly deviceId: string;
}

/** Before the names of the databases that hold a device's keys in this browser; each device has its own. */
export const keyStoreOf = ({ userId, deviceId }: DeviceName): string => `byline:${userId}:${deviceId}`;

/** The library keeps two under that name. */
const DATABASES = ['matrix-sdk-crypto', 'matrix-sdk-crypto-meta'];

/** Deletes the keys of a device from this browser. */
export async function forgetKeys(device: DeviceName): Promise<void> {
  if (typeof indexedDB === 'undefined') return;
  await Promise.all(DATABASES.map((name) => deleteDatabase(`${keyStoreOf(device)}::${name}`)));
}

/** A tab that still has it open delays the deletion, and nobody waits for it. */
export const deleteDatabase = (name: string): Promise<void> =>
  new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    for (const event of ['success', 'error', 'blocked']) request.addEventListener(event, () => resolve());
  });
