import { lockKey, unlockKey } from '@byline/core/sealing/key-file.ts';
import { createKeyPair, type SealingKeyPair } from '@byline/core/sealing/sealing-key.ts';
import { registerReviewersKey } from '@byline/protocol/byline/reviewers-key.ts';
import { setUp } from '@byline/protocol/byline/setup.ts';
import { grantRole } from '@byline/protocol/byline/staff.ts';
import { writeFile } from 'node:fs/promises';
import { PASSPHRASE, STAFF } from '../content/people.ts';
import type { Town } from './town.ts';
import { day } from './when.ts';

/** The reviewers' desk: its key, as it is opened from its file. */
export class Office {
  #key: SealingKeyPair | undefined;

  get key(): SealingKeyPair {
    if (this.#key === undefined) throw new Error('The reviewers have no key yet.');
    return this.#key;
  }

  /** Makes a key as the first set-up does: it is used only after its file was opened once. */
  async makeKey(keyFile: string): Promise<SealingKeyPair> {
    const file = await lockKey(await createKeyPair(), PASSPHRASE);
    await writeFile(keyFile, file, { mode: 0o600 });
    this.#key = await unlockKey(file, PASSPHRASE);
    return this.#key;
  }
}

/** The first administrator follows the one-time link, names two reviewers, and one of them makes the key. */
export const planOffice = (town: Town, office: Office, setupLink: string, keyFile: string): void => {
  town.at(day(42, '08:00'), async () => {
    const administrator = town.resident(STAFF.administrator);
    await administrator.call(setUp, { body: { token: new URL(setupLink).hash.slice(1) } });
    for (const reviewer of [STAFF.reviewer, STAFF.second]) {
      const { userId } = town.resident(reviewer);
      await administrator.call(grantRole, { params: { userId, role: 'reviewer' } });
    }
  });
  town.at(day(42, '08:20'), async () => {
    const { publicKey, kid } = await office.makeKey(keyFile);
    await town.resident(STAFF.reviewer).call(registerReviewersKey, { body: { public_key: publicKey, kid } });
  });
};
