import { eventContext, roomEvent, roomInitialSync, roomMessages } from '@byline/protocol/matrix/history.ts';
import { mutualRooms } from '@byline/protocol/matrix/mutual-rooms.ts';
import { joinedMembers, roomMembers } from '@byline/protocol/matrix/members.ts';
import { roomState, roomStateEvent } from '@byline/protocol/matrix/state.ts';
import { eventByTimestamp } from '@byline/protocol/matrix/timestamp.ts';
import { tokenOf } from '@byline/protocol/matrix/token.ts';
import { Serialised } from '../../platform/http/answer.ts';
import type { Edge } from '../../platform/http/edge.ts';
import type { Rooms } from './service.ts';

/** Reading what rooms are and what was said in them. */
export const serveReading = (edge: Edge, rooms: Rooms): void => {
  const { states, members, history, peeking } = rooms;
  serveFinding(edge, rooms);
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

  edge.serve(roomInitialSync, async ({ caller, params }) => {
    const { membership, start, end, messages, state, isPublished } = await peeking.glance(caller, params.roomId);
    const page = objectText({
      start: start === undefined ? undefined : JSON.stringify(tokenOf(start)),
      end: JSON.stringify(tokenOf(end)),
      chunk: arrayText(messages),
    });
    return new Serialised(
      objectText({
        room_id: JSON.stringify(params.roomId),
        membership: membership === undefined ? undefined : JSON.stringify(membership),
        messages: page,
        state: arrayText(state),
        visibility: isPublished ? '"public"' : '"private"',
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

/** Finding one's way to rooms and into their past. */
const serveFinding = (edge: Edge, { byTime, mutual }: Rooms): void => {
  edge.serve(eventByTimestamp, async ({ caller, params, query }) => {
    const { eventId, pdu } = await byTime.find(caller, params.roomId, query.ts, query.dir);
    return { event_id: eventId, origin_server_ts: pdu.origin_server_ts };
  });

  edge.serve(mutualRooms, async ({ caller, query }) => {
    const { rooms, count, next } = await mutual.page(caller.userId, query.user_id, query.from ?? query.batch_token);
    return { joined: [...rooms], count, next_batch: next, next_batch_token: next };
  });
};

/** Events are JSON text already, so what holds them is put together as text. */
const arrayText = (texts: readonly string[]): string => `[${texts.join(',')}]`;

const objectText = (members: Readonly<Record<string, string | undefined>>): string => {
  const given = Object.entries(members).filter(([, json]) => json !== undefined);
  return `{${given.map(([name, json]) => `"${name}":${json}`).join(',')}}`;
};
