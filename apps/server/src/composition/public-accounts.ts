import { join } from 'node:path';
import { RoomGraph } from '../features/graph/service.ts';
import { GraphStore } from '../features/graph/store.ts';
import { ACCOUNT_ROOMS } from '../features/graph/tables.ts';
import { makePolicyEffects } from '../features/identity/policy/service.ts';
import { makeIdentity } from '../features/identity/service.ts';
import { makeAccounts, makePublishing } from '../features/publishing/service.ts';
import { DiskBlobs } from '../platform/blobs/disk.ts';
import type { People } from './people.ts';
import type { Platform } from './platform.ts';

/** Who may publish, and what is published. Nothing here is given a way to conversations. */
export const makePublicAccounts = async (platform: Platform, { users, staff, policy, media }: People) => {
  const { config, engine, log, clock, logger } = platform;
  const accountRooms = new RoomGraph({ ...platform, store: new GraphStore(engine.reader, ACCOUNT_ROOMS) });
  const parts = { ...config, engine, log, clock, logger, graph: accountRooms, users, media, policy };
  const accounts = await makeAccounts(parts);
  const blobs = await DiskBlobs.open(join(config.dataFolder, 'evidence'));
  const identity = await makeIdentity({
    ...config,
    engine,
    blobs,
    clock,
    logger,
    accounts,
    policy,
    staff,
    media,
    users,
  });
  const policyEffects = makePolicyEffects({ ...parts, accounts, staff, applications: identity.applications });
  const publishing = await makePublishing(parts, accounts, identity.standing);
  users.onDeactivate(({ userId }) => identity.applications.forget(userId));
  users.onDeactivate(({ userId }) => identity.reviewing.retention.forget(userId));
  return { accountRooms, identity, policyEffects, publishing };
};

export type PublicAccounts = Awaited<ReturnType<typeof makePublicAccounts>>;
