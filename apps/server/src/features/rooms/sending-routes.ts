import { createRoom } from '@byline/protocol/matrix/create-room.ts';
import { redactEvent, sendEvent } from '@byline/protocol/matrix/send.ts';
import { setRoomState } from '@byline/protocol/matrix/state.ts';
import { upgradeRoom } from '@byline/protocol/matrix/upgrade.ts';
import type { Edge } from '../../platform/http/edge.ts';
import type { Rooms } from './service.ts';

/** Making rooms, and talking in them. */
export const serveSending = (edge: Edge, { creation, upgrades, sending }: Rooms): void => {
  edge.serve(createRoom, async ({ caller, body }) => ({
    room_id: await creation.create(caller.userId, {
      version: body.room_version,
      preset: body.preset,
      visibility: body.visibility,
      aliasName: body.room_alias_name,
      name: body.name,
      topic: body.topic,
      invite: body.invite,
      isDirect: body.is_direct,
      creationContent: body.creation_content,
      initialState: body.initial_state,
      powerLevelContentOverride: body.power_level_content_override,
    }),
  }));

  edge.serve(upgradeRoom, async ({ caller, params, body }) => ({
    replacement_room: await upgrades.upgrade(caller.userId, params.roomId, {
      version: body.new_version,
      additionalCreators: body.additional_creators,
    }),
  }));

  edge.serve(sendEvent, async ({ caller, params, body }) => {
    const message = { type: params.eventType, content: body, transactionId: params.txnId };
    return { event_id: await sending.send(caller, params.roomId, message) };
  });

  edge.serve(redactEvent, async ({ caller, params, body }) => {
    const request = { reason: body.reason, transactionId: params.txnId };
    return { event_id: await sending.redact(caller, params.roomId, params.eventId, request) };
  });

  edge.serve(setRoomState, async ({ caller, params, body }) => {
    const place = { type: params.eventType, stateKey: params.stateKey };
    return { event_id: await sending.setState(caller, params.roomId, place, body) };
  });
};
