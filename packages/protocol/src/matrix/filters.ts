import { z } from 'zod';
import { UserId } from '../ids.ts';
import { clientPaths, operation } from '../operation.ts';
import { text } from '../text.ts';
import { Filter } from './filter.ts';

export const defineFilter = operation({
  method: 'POST',
  paths: clientPaths('/user/:userId/filter'),
  auth: 'required',
  limit: 'write',
  summary: 'Keep a filter',
  params: z.object({ userId: UserId }),
  body: Filter,
  answer: z.object({ filter_id: z.string() }),
});

export const getFilter = operation({
  method: 'GET',
  paths: clientPaths('/user/:userId/filter/:filterId'),
  auth: 'required',
  limit: 'read',
  summary: 'Read a filter',
  params: z.object({ userId: UserId, filterId: text(255) }),
  answer: Filter,
});
