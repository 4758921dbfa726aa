import { z } from 'zod';
import { UserId } from '../ids.ts';
import { JsonObject } from '../json.ts';
import { clientPaths, operation } from '../operation.ts';

const field = { params: z.object({ userId: UserId, keyName: z.string() }) };

export const getProfile = operation({
  method: 'GET',
  paths: clientPaths('/profile/:userId'),
  auth: 'optional',
  limit: 'read',
  summary: "Read a user's profile",
  params: z.object({ userId: UserId }),
  answer: JsonObject,
});

export const getProfileField = operation({
  method: 'GET',
  paths: clientPaths('/profile/:userId/:keyName'),
  auth: 'optional',
  limit: 'read',
  summary: "Read a field of a user's profile",
  ...field,
  answer: JsonObject,
});

export const setProfileField = operation({
  method: 'PUT',
  paths: clientPaths('/profile/:userId/:keyName'),
  auth: 'required',
  limit: 'write',
  summary: "Set a field of one's own profile",
  ...field,
  body: JsonObject,
});

export const deleteProfileField = operation({
  method: 'DELETE',
  paths: clientPaths('/profile/:userId/:keyName', ['v3']),
  auth: 'required',
  limit: 'write',
  summary: "Remove a field of one's own profile",
  ...field,
});
