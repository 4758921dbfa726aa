import { DEFAULT_ROOM_VERSION, ROOM_VERSIONS } from '@byline/protocol';
import { getCapabilities } from '@byline/protocol/matrix/capabilities.ts';
import { SPECIFICATION_VERSIONS, versions, wellKnownClient } from '@byline/protocol/matrix/discovery.ts';
import { DEPLOYED_SLIDING_SYNC } from '@byline/protocol/matrix/sliding-sync-deployed.ts';
import type { Edge } from '../../platform/http/edge.ts';

/** What clients ask before anything else: where the server is, and what it can do. */
export const serveDiscovery = (edge: Edge, { publicUrl }: { readonly publicUrl: string }): void => {
  edge.serve(versions, () => ({
    versions: [...SPECIFICATION_VERSIONS],
    unstable_features: { [DEPLOYED_SLIDING_SYNC]: true },
  }));
  edge.serve(wellKnownClient, () => ({ 'm.homeserver': { base_url: publicUrl } }));
  edge.serve(getCapabilities, () => ({ capabilities: CAPABILITIES }));
};

const CAPABILITIES = {
  'm.room_versions': {
    default: DEFAULT_ROOM_VERSION,
    available: Object.fromEntries(ROOM_VERSIONS.map((version) => [version, 'stable'])),
  },
  'm.change_password': { enabled: true },
  'm.profile_fields': { enabled: true },
  'm.set_displayname': { enabled: true },
  'm.set_avatar_url': { enabled: true },
  'm.3pid_changes': { enabled: false },
  'm.get_login_token': { enabled: false },
  'm.forget_forced_upon_leave': { enabled: false },
};
