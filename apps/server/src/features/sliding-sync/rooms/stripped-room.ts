import { strippedStateOf, toStrippedEvent } from '@byline/core/event/client-event.ts';
import { isWanted } from '@byline/core/sliding-sync/required-state.ts';
import type { Pdu } from '@byline/protocol';
import { clientJsonFor } from '../../graph/service.ts';
import { type Telling, type ToldRoom, UNTOLD } from './telling.ts';

const MEMBER = 'm.room.member';

/** What may be told of a room to somebody who is invited to it, or knocks; `undefined`: the user wants to hear nothing of it. */
export const tellStripped = (telling: Telling): ToldRoom | undefined => {
  const { view, room, rules, sent, standing, isDm } = telling;
  const inviter = room.entry(MEMBER, view.userId)?.pdu.sender;
  if (inviter === undefined || (standing.membership === 'invite' && view.keepsOut(inviter))) return undefined;
  const events = strippedStateOf(room, [...new Set([inviter, view.userId])]);
  const isInitial = sent?.membership !== standing.membership;
  const hasNews = isInitial || standing.position > sent.upTo || sent.isDm !== isDm;
  return {
    roomId: room.id,
    result: hasNews
      ? {
          membership: standing.membership,
          lists: rules.lists,
          initial: isInitial,
          bumpStamp: standing.position,
          isDm: isDm || sent?.isDm === true ? isDm : undefined,
          strippedState: events.map((event) => JSON.stringify(event)),
        }
      : undefined,
    sent: sentOf(telling),
  };
};

/** What became of an invitation, or of a knock. The user was never in the room: all that they may see is their own membership. */
export const tellRefused = (telling: Telling): ToldRoom => {
  const { view, device, room, rules, sent, standing, since } = telling;
  const member = room.entry(MEMBER, view.userId);
  const text = member === undefined ? [] : [clientJsonFor(member, device)];
  const { wanted } = sentOf(telling);
  const hasNews = sent === undefined || standing.position > sent.upTo;
  return {
    roomId: room.id,
    result: hasNews
      ? {
          membership: standing.membership,
          lists: rules.lists,
          initial: false,
          bumpStamp: standing.position,
          requiredState: isWanted(wanted, MEMBER, view.userId) ? text : [],
          timeline: {
            events: text,
            limited: false,
            expanded: false,
            live: since === undefined ? 0 : text.length,
            start: standing.position - 1,
          },
          strippedState: member === undefined ? [] : strippedTexts(member.pdu),
        }
      : undefined,
    sent: { ...sentOf(telling), isRefused: true },
  };
};

const sentOf = ({ sent, standing, upTo, rules, isDm }: Telling) => ({
  ...UNTOLD,
  ...sent,
  membership: standing.membership,
  upTo,
  wanted: rules.config.requiredState,
  isDm,
  bumpStamp: standing.position,
  isRefused: false,
});

const strippedTexts = (pdu: Pdu): string[] => {
  const stripped = toStrippedEvent(pdu);
  return stripped === undefined ? [] : [JSON.stringify(stripped)];
};
