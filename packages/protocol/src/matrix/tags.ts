import { z } from 'zod';
import { RoomId, UserId } from '../ids.ts';
import { JsonObject } from '../json.ts';
import { clientPaths, operation } from '../operation.ts';

const MAX_TAG_BYTES = 255;

const TagName = z
  .string()
  .min(1)
  .refine((tag) => new TextEncoder().encode(tag).length <= MAX_TAG_BYTES && !tag.includes('\0'), {
    error: `may have at most ${MAX_TAG_BYTES} bytes`,
  });

const TagContent = JsonObject.refine(({ order }) => order === undefined || typeof order === 'number', {
  error: 'must be a number',
  path: ['order'],
});

const tag = { params: z.object({ userId: UserId, roomId: RoomId, tag: TagName }) };

export const getTags = operation({
  method: 'GET',
  paths: clientPaths('/user/:userId/rooms/:roomId/tags'),
  auth: 'required',
  limit: 'read',
  summary: 'List the tags that the caller gave a room',
  params: z.object({ userId: UserId, roomId: RoomId }),
  answer: z.object({ tags: JsonObject }),
});

export const setTag = operation({
  method: 'PUT',
  paths: clientPaths('/user/:userId/rooms/:roomId/tags/:tag'),
  auth: 'required',
  limit: 'write',
  summary: 'Tag a room',
  ...tag,
  body: TagContent,
});

export const removeTag = operation({
  method: 'DELETE',
  paths: clientPaths('/user/:userId/rooms/:roomId/tags/:tag'),
  auth: 'required',
  limit: 'write',
  summary: "Remove a room's tag",
  ...tag,
});
