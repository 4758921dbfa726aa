import { z } from 'zod';
import { RoomId, UserId } from '../ids.ts';
import { JsonObject } from '../json.ts';
import { clientPaths, operation } from '../operation.ts';
import { text } from '../text.ts';

const global = { params: z.object({ userId: UserId, type: text(255) }) };
const ofRoom = { params: z.object({ userId: UserId, roomId: RoomId, type: text(255) }) };

export const getAccountData = operation({
  method: 'GET',
  paths: clientPaths('/user/:userId/account_data/:type'),
  auth: 'required',
  limit: 'read',
  summary: 'Read data that the caller keeps here',
  ...global,
  answer: JsonObject,
});

export const setAccountData = operation({
  method: 'PUT',
  paths: clientPaths('/user/:userId/account_data/:type'),
  auth: 'required',
  limit: 'write',
  summary: "Keep data for all of the caller's devices",
  ...global,
  body: JsonObject,
});

export const getRoomAccountData = operation({
  method: 'GET',
  paths: clientPaths('/user/:userId/rooms/:roomId/account_data/:type'),
  auth: 'required',
  limit: 'read',
  summary: 'Read data that the caller keeps here for a room',
  ...ofRoom,
  answer: JsonObject,
});

export const setRoomAccountData = operation({
  method: 'PUT',
  paths: clientPaths('/user/:userId/rooms/:roomId/account_data/:type'),
  auth: 'required',
  limit: 'write',
  summary: "Keep data for a room for all of the caller's devices",
  ...ofRoom,
  body: JsonObject,
});
