import { DEFAULT_ROOM_VERSION, ROOM_VERSIONS } from '@byline/protocol';
import { getCapabilities } from '@byline/protocol/matrix/capabilities.ts';
import { SPECIFICATION_VERSIONS, versions, wellKnownClient } from '@byline/protocol/matrix/discovery.ts';
import { DEPLOYED_SLIDING_SYNC } from '@byline/protocol/matrix/sliding-sync-deployed.ts';
import { thirdPartyProtocols } from '@byline/protocol/matrix/third-party.ts';
import { turnServer } from '@byline/protocol/matrix/voip.ts';
import type { Edge } from '../../platform/http/edge.ts';

/** What clients ask before anything else: where the server is, and what it can do. */
export const serveDiscovery = (edge: Edge, { publicUrl }: { readonly publicUrl: string }): void => {
  edge.serve(versions, () => ({
    versions: [...SPECIFICATION_VERSIONS],
    unstable_features: { [DEPLOYED_SLIDING_SYNC]: true, [QUERY_MUTUAL_ROOMS]: true },
  }));
  edge.serve(wellKnownClient, () => ({ 'm.homeserver': { base_url: publicUrl } }));
  edge.serve(getCapabilities, () => ({ capabilities: CAPABILITIES }));
  edge.serve(thirdPartyProtocols, () => ({}));
  edge.serve(turnServer, () => ({}));
};

/** By this clients know the operation that version 1.19 has made stable (MSC2666). */
const QUERY_MUTUAL_ROOMS = 'uk.half-shot.msc2666.query_mutual_rooms';

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
  'm.get_login_token': { enabled: true },
  'm.forget_forced_upon_leave': { enabled: false },
};
