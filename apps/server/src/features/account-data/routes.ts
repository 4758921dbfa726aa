import {
  getAccountData,
  getRoomAccountData,
  setAccountData,
  setRoomAccountData,
} from '@byline/protocol/matrix/account-data.ts';
import { defineFilter, getFilter } from '@byline/protocol/matrix/filters.ts';
import { getTags, removeTag, setTag } from '@byline/protocol/matrix/tags.ts';
import { MethodNotAllowed } from '../../platform/http/answer.ts';
import type { Edge } from '../../platform/http/edge.ts';
import type { Filters } from './filters.ts';
import { type AccountData, isServerManaged, requireOwn } from './service.ts';
import type { Tags } from './tags.ts';

/** Account data, tags and filters: each user's own. */
export const serveAccountData = (
  edge: Edge,
  {
    accountData,
    tags,
    filters,
  }: {
    readonly accountData: AccountData;
    readonly tags: Tags;
    readonly filters: Filters;
  },
): void => {
  edge.serve(getAccountData, ({ caller, params: { userId, type } }) => {
    requireOwn(caller.userId, userId);
    return accountData.get({ userId, roomId: null, type });
  });
  edge.serve(setAccountData, async ({ caller, params: { userId, type }, body }) => {
    requireOwn(caller.userId, userId);
    requireWritable(type);
    await accountData.keep({ userId, roomId: null, type }, body);
    return {};
  });
  edge.serve(getRoomAccountData, ({ caller, params }) => {
    requireOwn(caller.userId, params.userId);
    return accountData.get(params);
  });
  edge.serve(setRoomAccountData, async ({ caller, params, body }) => {
    requireOwn(caller.userId, params.userId);
    requireWritable(params.type);
    await accountData.keep(params, body);
    return {};
  });

  edge.serve(getTags, async ({ caller, params: { userId, roomId } }) => {
    requireOwn(caller.userId, userId);
    return { tags: await tags.of(userId, roomId) };
  });
  edge.serve(setTag, async ({ caller, params: { userId, roomId, tag }, body }) => {
    requireOwn(caller.userId, userId);
    await tags.set(userId, roomId, tag, body);
    return {};
  });
  edge.serve(removeTag, async ({ caller, params: { userId, roomId, tag } }) => {
    requireOwn(caller.userId, userId);
    await tags.remove(userId, roomId, tag);
    return {};
  });

  edge.serve(defineFilter, async ({ caller, params, body }) => {
    requireOwn(caller.userId, params.userId);
    return { filter_id: await filters.define(params.userId, body) };
  });
  edge.serve(getFilter, ({ caller, params }) => {
    requireOwn(caller.userId, params.userId);
    return filters.filter(params.userId, params.filterId);
  });
};

const requireWritable = (type: string): void => {
  if (isServerManaged(type)) throw new MethodNotAllowed('M_BAD_JSON', `The server itself keeps ${type}.`);
};
