import type { Pdu, UnsignedPdu } from '@byline/protocol/event.ts';
import { thirdPartyInviteVerdict } from './auth-third-party-invite.ts';
import { creatorsOf, levelToDo, mayBan, mayInvite, powerOf } from './power-levels.ts';
import { isMembership, membershipOf } from './room-state.ts';
import type { AuthState, Membership } from './room-state.ts';
import { ROOM_VERSION_RULES } from './room-version.ts';
import { serversThatMustSign } from './signing-servers.ts';
import { ALLOWED, allowedIf, refused } from './verdict.ts';
import type { Verdict } from './verdict.ts';

const NOT_IN_ROOM = 'Only members of the room may do this.';
const NOT_YOURSELF = 'Nobody can do this in the name of somebody else.';

/** A change of `target`'s membership that `sender` asks for. */
interface Change {
  readonly event: Pdu | UnsignedPdu;
  readonly sender: string;
  readonly target: string;
  readonly state: AuthState;
}

/** The rules for `m.room.member`. */
export const authoriseMember = (event: Pdu | UnsignedPdu, state: AuthState): Verdict => {
  const { membership } = event.content;
  if (event.state_key === undefined) return refused('A membership must say whose it is.');
  if (!isMembership(membership)) return refused('The membership must be join, invite, knock, leave or ban.');
  if (!isSignedWhereNeeded(event, state))
    return refused('The server of the user who let this member in has not signed.');
  return RULES[membership]({ event, sender: event.sender, target: event.state_key, state });
};

const RULES: Readonly<Record<Membership, (change: Change) => Verdict>> = {
  join: (change) => authoriseJoin(change),
  invite: (change) => authoriseInvite(change),
  leave: (change) => (change.sender === change.target ? authoriseLeave(change) : authoriseKick(change)),
  ban: (change) => authoriseBan(change),
  knock: (change) => authoriseKnock(change),
};

const authoriseJoin = ({ event, sender, target, state }: Change): Verdict => {
  if (isFirstJoinOfCreator(event, target, state)) return ALLOWED;
  if (sender !== target) return refused(NOT_YOURSELF);
  const membership = membershipOf(sender, state);
  if (membership === 'ban') return refused('Whoever is banned from a room cannot join it.');
  const rule = joinRuleOf(state);
  if (rule?.admits === 'anyone') return ALLOWED;
  if (rule !== undefined && (membership === 'invite' || membership === 'join')) return ALLOWED;
  if (rule?.admits !== 'invited-or-authorised') return refused('This room can be joined by invitation only.');
  const authoriser = event.content['join_authorised_via_users_server'];
  return allowedIf(
    typeof authoriser === 'string' && mayInvite(authoriser, state),
    'This room can be joined by invitation, or with the word of a member who may invite.',
  );
};

const authoriseInvite = ({ event, sender, target, state }: Change): Verdict => {
  if (event.content['third_party_invite'] !== undefined) return thirdPartyInviteVerdict(event, state);
  if (membershipOf(sender, state) !== 'join') return refused(NOT_IN_ROOM);
  const membership = membershipOf(target, state);
  if (membership === 'join') return refused('This person is in the room already.');
  if (membership === 'ban') return refused('This person is banned from the room.');
  return allowedIf(mayInvite(sender, state), 'A higher power level is needed to invite people.');
};

const authoriseLeave = ({ target, state }: Change): Verdict => {
  const membership = membershipOf(target, state);
  return allowedIf(
    membership === 'invite' || membership === 'join' || membership === 'knock',
    'Only who is in the room, invited or waiting to be let in can leave it.',
  );
};

const authoriseKick = ({ sender, target, state }: Change): Verdict => {
  if (membershipOf(sender, state) !== 'join') return refused(NOT_IN_ROOM);
  const power = powerOf(sender, state);
  if (membershipOf(target, state) === 'ban' && power < levelToDo('ban', state)) {
    return refused('A higher power level is needed to lift a ban.');
  }
  return allowedIf(
    power >= levelToDo('kick', state) && powerOf(target, state) < power,
    'A higher power level is needed to remove this person.',
  );
};

const authoriseBan = ({ sender, target, state }: Change): Verdict => {
  if (membershipOf(sender, state) !== 'join') return refused(NOT_IN_ROOM);
  return allowedIf(mayBan(sender, target, state), 'A higher power level is needed to ban this person.');
};

const authoriseKnock = ({ sender, target, state }: Change): Verdict => {
  if (joinRuleOf(state)?.knocking !== true) return refused('This room does not let people knock.');
  if (sender !== target) return refused(NOT_YOURSELF);
  const membership = membershipOf(sender, state);
  if (membership === 'ban') return refused('Whoever is banned from a room cannot knock.');
  return allowedIf(
    membership !== 'invite' && membership !== 'join',
    'Whoever is in the room or invited need not knock.',
  );
};

const isFirstJoinOfCreator = (event: Pdu | UnsignedPdu, target: string, state: AuthState): boolean =>
  event.prev_events.length === 1 && event.prev_events[0] === state.createEventId && creatorsOf(state)[0] === target;

/** A room that says nothing, or something that its version does not know, admits by invitation or not at all. */
const joinRuleOf = (state: AuthState) => {
  const rule = state.get('m.room.join_rules', '')?.content['join_rule'] ?? 'invite';
  return typeof rule === 'string' ? ROOM_VERSION_RULES[state.version].joinRules.get(rule) : undefined;
};

/** Our own signature comes after the decision; another server's must be there before. Whether it is genuine, `verifyEvent` says. */
const isSignedWhereNeeded = (event: Pdu | UnsignedPdu, { version }: AuthState): boolean => {
  const [sender, ...others] = serversThatMustSign(event, version);
  const signatures = 'signatures' in event ? event.signatures : {};
  return sender !== undefined && others.every((server) => Object.hasOwn(signatures, server));
};
