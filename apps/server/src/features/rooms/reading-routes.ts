import { eventContext, roomEvent, roomMessages } from '@byline/protocol/matrix/history.ts';
import { joinedMembers, roomMembers } from '@byline/protocol/matrix/members.ts';
import { roomState, roomStateEvent } from '@byline/protocol/matrix/state.ts';
import { tokenOf } from '@byline/protocol/matrix/token.ts';
import { Serialised } from '../../platform/http/answer.ts';
import type { Edge } from '../../platform/http/edge.ts';
import type { Rooms } from './service.ts';

/** Reading what rooms are and what was said in them. */
export const serveReading = (edge: Edge, { states, members, history }: Rooms): void => {
  edge.serve(
    roomState,
    async ({ caller, params }) => new Serialised(arrayText(await states.all(caller, params.roomId))),
  );

  edge.serve(roomStateEvent, async ({ caller, params, query }) => {
    const { roomId, eventType, stateKey } = params;
    const read = query.format === 'event' ? states.event(caller, roomId, eventType, stateKey) : undefined;
    return new Serialised(JSON.stringify(await (read ?? states.content(caller, roomId, eventType, stateKey))));
  });

  edge.serve(roomMembers, async ({ caller, params, query }) => {
    const wanted = { at: query.at, membership: query.membership, notMembership: query.not_membership };
    return new Serialised(objectText({ chunk: arrayText(await members.all(caller, params.roomId, wanted)) }));
  });

  edge.serve(joinedMembers, async ({ caller, params }) => ({ joined: await members.joined(caller, params.roomId) }));

  edge.serve(roomMessages, async ({ caller, params, query }) => {
    const page = await history.messages(caller, params.roomId, { ...query, direction: query.dir });
    return new Serialised(
      objectText({
        start: JSON.stringify(tokenOf(page.start)),
        end: page.end === undefined ? undefined : JSON.stringify(tokenOf(page.end)),
        chunk: arrayText(page.chunk),
        state: page.state === undefined ? undefined : arrayText(page.state),
      }),
    );
  });

  edge.serve(eventContext, async ({ caller, params, query }) => {
    const context = await history.context(caller, params.roomId, params.eventId, query);
    return new Serialised(
      objectText({
        start: JSON.stringify(tokenOf(context.start)),
        end: JSON.stringify(tokenOf(context.end)),
        event: context.event,
        events_before: arrayText(context.before),
        events_after: arrayText(context.after),
        state: arrayText(context.state),
      }),
    );
  });

  edge.serve(
    roomEvent,
    async ({ caller, params }) => new Serialised(await history.event(caller, params.roomId, params.eventId)),
  );
};

/** Events are JSON text already, so what holds them is put together as text. */
const arrayText = (texts: readonly string[]): string => `[${texts.join(',')}]`;

const objectText = (members: Readonly<Record<string, string | undefined>>): string => {
  const given = Object.entries(members).filter(([, json]) => json !== undefined);
  return `{${given.map(([name, json]) => `"${name}":${json}`).join(',')}}`;
};
