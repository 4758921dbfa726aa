import type { Pdu, UnsignedPdu } from '@byline/protocol/event.ts';
import { serverOf } from '@byline/protocol/ids.ts';
import { authoriseCreate } from './auth-create.ts';
import { authoriseMember } from './auth-member.ts';
import { authorisePowerLevels } from './auth-power-levels.ts';
import { levelToDo, levelToSend, powerOf } from './power-levels.ts';
import { membershipOf } from './room-state.ts';
import type { AuthState } from './room-state.ts';
import { ROOM_VERSION_RULES } from './room-version.ts';
import { ALLOWED, allowedIf, refused } from './verdict.ts';
import type { Verdict } from './verdict.ts';

/**
 * Whether the state before an event allows it (room versions: "Authorisation rules").
 *
 * Two things are the caller's to see for events of other servers: the signatures (`verifyEvent`, for each of
 * `serversThatMustSign`) and the cited events (`authoriseAuthEvents`).
 */
export const authorise = (event: Pdu | UnsignedPdu, state: AuthState): Verdict => {
  if (event.type === 'm.room.create') return authoriseCreate(event, state);

  const create = state.get('m.room.create', '');
  if (create === undefined) return refused('The room has not been created yet.');
  // In version 12 this says too that the create event was accepted: the room id is its hash.
  if (event.room_id === undefined || event.room_id !== state.roomId)
    return refused('The event belongs to another room.');
  if (create.content['m.federate'] === false && serverOf(event.sender) !== serverOf(create.sender)) {
    return refused('This room is only for users of the server that it was created on.');
  }

  const { aliasEvents } = ROOM_VERSION_RULES[state.version];
  if (event.type === 'm.room.aliases' && aliasEvents === 'by-server') {
    return allowedIf(event.state_key === serverOf(event.sender), 'A server can name its own aliases only.');
  }
  if (event.type === 'm.room.member') return authoriseMember(event, state);

  if (membershipOf(event.sender, state) !== 'join') return refused('Only members of the room may do this.');
  const power = powerOf(event.sender, state);
  if (event.type === 'm.room.third_party_invite') {
    return allowedIf(power >= levelToDo('invite', state), 'A higher power level is needed to invite people.');
  }
  if (power < levelToSend(event.type, event.state_key !== undefined, state)) {
    return refused(`A higher power level is needed to send ${event.type} into this room.`);
  }
  if (event.state_key?.startsWith('@') && event.state_key !== event.sender) {
    return refused('State under the name of a user may be set by that user only.');
  }
  return event.type === 'm.room.power_levels' ? authorisePowerLevels(event, state) : ALLOWED;
};
