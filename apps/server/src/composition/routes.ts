import { serveAccountData } from '../features/account-data/routes.ts';
import { serveIdentity } from '../features/identity/routes.ts';
import { servePolicyEffects } from '../features/identity/policy/routes.ts';
import { serveKeyBackup } from '../features/key-backup/routes.ts';
import { serveKeys } from '../features/keys/routes.ts';
import { serveMedia } from '../features/media/routes.ts';
import { serveOpenId } from '../features/openid/routes.ts';
import { serveDiscovery } from '../features/provider/discovery-routes.ts';
import { serveProvider } from '../features/provider/routes.ts';
import { servePresence } from '../features/presence/routes.ts';
import { servePublishing } from '../features/publishing/routes.ts';
import { serveNotifications, servePushRules } from '../features/push/routes.ts';
import { serveReceipts } from '../features/receipts/routes.ts';
import { serveRelations } from '../features/relations/routes.ts';
import { serveRooms } from '../features/rooms/routes.ts';
import { serveSearch } from '../features/search/routes.ts';
import { serveSessions } from '../features/sessions/routes.ts';
import { serveReports } from '../features/reports/routes.ts';
import { serveSpaces } from '../features/spaces/routes.ts';
import { serveSlidingSync } from '../features/sliding-sync/routes.ts';
import { serveSync } from '../features/sync/routes.ts';
import { serveToDevice } from '../features/to-device/routes.ts';
import { serveTyping } from '../features/typing/routes.ts';
import { serveUsers } from '../features/users/routes.ts';
import type { Config } from '../platform/config/config.ts';
import type { Edge } from '../platform/http/edge.ts';
import { serveOpenApi } from '../platform/http/openapi.ts';
import type { Conversations } from './conversations.ts';
import type { People } from './people.ts';
import type { PublicAccounts } from './public-accounts.ts';

/** Binds every feature's operations to the edge. */
export const serveAll = (
  edge: Edge,
  config: Config,
  people: People,
  publicAccounts: PublicAccounts,
  conversations: Conversations,
): void => {
  serveDiscovery(edge, config);
  serveProvider(edge, people);
  serveUsers(edge, people.users);
  serveSessions(edge, people);
  serveOpenId(edge, { ...config, openId: people.openId });
  serveAccountData(edge, people);
  serveKeyBackup(edge, people.keyBackups);
  serveMedia(edge, people.media);
  serveIdentity(edge, publicAccounts.identity);
  servePolicyEffects(edge, publicAccounts.policyEffects);
  servePublishing(edge, publicAccounts.publishing);
  serveRooms(edge, conversations.rooms);
  serveSearch(edge, conversations.search);
  serveRelations(edge, conversations.relations);
  serveSpaces(edge, conversations.spaces);
  serveReports(edge, conversations.reports);
  serveReceipts(edge, conversations.receipts);
  serveKeys(edge, conversations.encryption.keys);
  serveToDevice(edge, conversations.encryption.toDevice);
  serveTyping(edge, conversations.typing);
  servePresence(edge, conversations.presence);
  servePushRules(edge, conversations.pushRules);
  serveNotifications(edge, conversations.notifications);
  serveSync(edge, conversations.sync);
  serveSlidingSync(edge, conversations.slidingSync);
  serveOpenApi(edge, config.publicUrl);
  edge.refuseOtherMethods();
};
