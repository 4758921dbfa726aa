import { join } from 'node:path';
import { Filters } from '../features/account-data/filters.ts';
import { AccountData } from '../features/account-data/service.ts';
import { AccountDataStore } from '../features/account-data/store.ts';
import { Tags } from '../features/account-data/tags.ts';
import { KeyBackups } from '../features/key-backup/service.ts';
import { KeyBackupStore } from '../features/key-backup/store.ts';
import { Media } from '../features/media/service.ts';
import { MediaStore } from '../features/media/store.ts';
import { OpenId } from '../features/openid/service.ts';
import { PolicyStore } from '../features/provider/policy-store.ts';
import { RulesStore } from '../features/provider/rules-store.ts';
import { Policy, ProviderRules, Staff } from '../features/provider/service.ts';
import { StaffStore } from '../features/provider/staff-store.ts';
import { Account } from '../features/sessions/account.ts';
import { LoginTokens } from '../features/sessions/login-tokens.ts';
import { Sessions } from '../features/sessions/service.ts';
import { SignIn } from '../features/sessions/sign-in.ts';
import { SignUp } from '../features/sessions/sign-up.ts';
import { SessionStore } from '../features/sessions/store.ts';
import { UserInteractiveAuthentication } from '../features/sessions/uia.ts';
import { WhoIs } from '../features/sessions/who-is.ts';
import { Users } from '../features/users/service.ts';
import { UserStore } from '../features/users/store.ts';
import { DiskBlobs } from '../platform/blobs/disk.ts';
import type { Platform } from './platform.ts';

/** Users, the provider's staff, policy and rules, signing in, and what users keep: their data and files. */
export const makePeople = async ({ config, engine, log, clock, logger }: Platform) => {
  const users = new Users({ store: new UserStore(engine), clock, serverName: config.serverName });
  const staff = await Staff.open({ store: new StaffStore(engine), users, clock, publicUrl: config.publicUrl });
  const policy = await Policy.open({ store: new PolicyStore(engine), staff, clock });
  const rules = await ProviderRules.open({ store: new RulesStore(engine), staff, clock });

  const sessions = new Sessions({ store: new SessionStore(engine), clock, logger });
  const authentication = new UserInteractiveAuthentication(clock);
  const signUp = new SignUp({ ...config, users, sessions, rules, staff, authentication });
  const loginTokens = new LoginTokens({ sessions, clock });
  const signIn = new SignIn({ users, sessions, loginTokens });
  const account = new Account({ users, sessions, authentication, loginTokens });
  const whoIs = new WhoIs({ users, sessions, staff });
  const openId = new OpenId({ users, clock });

  const accountDataStore = new AccountDataStore(engine);
  const accountData = new AccountData({ store: accountDataStore, log });
  const tags = new Tags(accountData);
  const filters = new Filters(accountDataStore);
  const keyBackups = new KeyBackups(new KeyBackupStore(engine));
  const blobs = await DiskBlobs.open(join(config.dataFolder, 'media'));
  const media = new Media({ ...config, store: new MediaStore(engine.reader), blobs, log, clock });

  users.onDeactivate(({ userId }) => sessions.removeAllDevices(userId));
  users.onDeactivate(({ userId, erase }) => (erase ? accountData.erase(userId) : Promise.resolve()));
  users.onDeactivate(({ userId }) => keyBackups.forget(userId));
  return {
    keyBackups,
    users,
    staff,
    policy,
    rules,
    sessions,
    signUp,
    signIn,
    account,
    whoIs,
    openId,
    accountData,
    tags,
    filters,
    media,
  };
};

export type People = Awaited<ReturnType<typeof makePeople>>;
