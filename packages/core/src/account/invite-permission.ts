import type { JsonObject } from '@byline/protocol/json.ts';
import { entryOf } from '../json.ts';

/** The account data in which a user says whether they take invitations (client-server API: "Invite permission"). */
export const INVITE_PERMISSION = 'm.invite_permission_config';

/** Whether its owner takes none at all. What is not understood says nothing. */
export const blocksInvitations = (content: JsonObject | undefined): boolean =>
  entryOf(content, 'default_action') === 'block';
