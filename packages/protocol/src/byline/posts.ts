import { z } from 'zod';
import { EventId } from '../ids.ts';
import { JsonObject } from '../json.ts';
import { TransactionId } from '../matrix/room-event.ts';
import { operation } from '../operation.ts';
import { HandleInPath } from './accounts.ts';

/** What a public account published, as it reads now. Times are milliseconds since the epoch. */
export const Post = z.object({
  event_id: EventId,
  published_at: z.int(),
  /** When it was last changed. */
  edited_at: z.int().optional(),
  /** The content of an `m.room.message` event. */
  content: JsonObject,
  /** Where anybody can read it. */
  url: z.url(),
});
export type Post = z.output<typeof Post>;

const ofAccount = { params: z.object({ handle: HandleInPath }) };
const ofPost = { params: z.object({ handle: HandleInPath, eventId: EventId }) };
const post = ['/_byline/v1/accounts/:handle/posts/:eventId'] as const;

export const publishPost = operation({
  method: 'POST',
  paths: ['/_byline/v1/accounts/:handle/posts'],
  auth: 'required',
  limit: 'message',
  summary: 'Publish as the account (its operators)',
  ...ofAccount,
  body: z.object({ content: JsonObject, txn_id: TransactionId }),
  answer: z.object({ event_id: EventId }),
});

export const editPost = operation({
  method: 'PUT',
  paths: post,
  auth: 'required',
  limit: 'message',
  summary: 'Change a post (operators)',
  ...ofPost,
  body: z.object({ content: JsonObject, txn_id: TransactionId }),
  answer: z.object({ event_id: EventId }),
});

export const deletePost = operation({
  method: 'DELETE',
  paths: post,
  auth: 'required',
  limit: 'message',
  summary: 'Delete a post (operators)',
  ...ofPost,
  body: z.object({ reason: z.string().max(500).optional() }),
  answer: z.object({ event_id: EventId }),
});

export const listPosts = operation({
  method: 'GET',
  paths: ['/_byline/v1/accounts/:handle/posts'],
  auth: 'optional',
  limit: 'public',
  summary: 'Read the posts of a public account, the newest first',
  ...ofAccount,
  query: z.object({
    from: z
      .string()
      .regex(/^\d{1,15}$/, { error: 'not a place in a list of posts' })
      .transform(Number)
      .optional(),
    limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(20),
  }),
  answer: z.object({ posts: z.array(Post), next: z.string().optional() }),
});

export const getPost = operation({
  method: 'GET',
  paths: post,
  auth: 'optional',
  limit: 'public',
  summary: 'Read a post',
  ...ofPost,
  answer: Post,
});
