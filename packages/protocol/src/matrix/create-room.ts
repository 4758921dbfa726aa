import { z } from 'zod';
import { RoomId, UserId } from '../ids.ts';
import { JsonObject } from '../json.ts';
import { clientPaths, operation } from '../operation.ts';
import { EventType, StateKey } from './room-event.ts';

const NewState = z
  .object({ type: EventType, state_key: StateKey.default(''), content: JsonObject })
  .transform(({ type, state_key: stateKey, content }) => ({ type, stateKey, content }));

/** All of a room is made in one go, during which every other room waits; so what it begins with has bounds. */
const MOST_INVITED = 500;
const MOST_INITIAL_STATE = 200;
const atMost = (most: number) => ({ error: `a new room may have at most ${most} of them` });

export const createRoom = operation({
  method: 'POST',
  paths: clientPaths('/createRoom'),
  auth: 'required',
  limit: 'write',
  summary: 'Create a room',
  body: z.object({
    visibility: z.enum(['public', 'private']).default('private'),
    room_alias_name: z.string().optional(),
    name: z.string().optional(),
    topic: z.string().optional(),
    invite: z.array(UserId).max(MOST_INVITED, atMost(MOST_INVITED)).default([]),
    /** There is no identity server to ask, so people are invited by their user id. */
    invite_3pid: z.array(z.unknown()).max(0, { error: 'people can be invited by their user id only' }).optional(),
    room_version: z.string().optional(),
    creation_content: JsonObject.default({}),
    initial_state: z.array(NewState).max(MOST_INITIAL_STATE, atMost(MOST_INITIAL_STATE)).default([]),
    preset: z.enum(['private_chat', 'trusted_private_chat', 'public_chat']).optional(),
    is_direct: z.boolean().default(false),
    power_level_content_override: JsonObject.default({}),
  }),
  answer: z.object({ room_id: RoomId }),
});
