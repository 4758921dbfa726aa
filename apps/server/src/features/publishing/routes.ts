import {
  addOperator,
  getAccount,
  listMyAccounts,
  listOperators,
  removeOperator,
} from '@byline/protocol/byline/accounts.ts';
import { searchDirectory } from '@byline/protocol/byline/directory.ts';
import { deletePost, editPost, getPost, listPosts, publishPost } from '@byline/protocol/byline/posts.ts';
import { listSubscriptions, subscribe, unsubscribe } from '@byline/protocol/byline/subscriptions.ts';
import type { Edge } from '../../platform/http/edge.ts';
import { servePublicPages } from './pages/routes.ts';
import type { Publishing } from './service.ts';

/** Public accounts over the API: what they are, what they publish, who follows them, and where they are found. */
export const servePublishing = (edge: Edge, publishing: Publishing): void => {
  serveAccounts(edge, publishing);
  servePosts(edge, publishing);
  serveSubscriptions(edge, publishing);
  servePublicPages(edge, publishing.pages);
};

const serveAccounts = (edge: Edge, { readers, directory, operators }: Publishing): void => {
  edge.serve(getAccount, ({ caller, params }) =>
    readers.view(readers.require(params.handle, caller?.userId), caller?.userId),
  );

  edge.serve(listMyAccounts, async ({ caller }) => ({ accounts: await readers.operated(caller.userId) }));

  edge.serve(searchDirectory, async ({ caller, query: { q, ...page } }) => {
    const { accounts, ...rest } = await directory.search(q, page);
    return { accounts: await readers.views(accounts, caller?.userId), ...rest };
  });

  edge.serve(listOperators, ({ caller, params }) => ({
    operators: operators
      .list(caller.userId, params.handle)
      .map(({ userId, role, since }) => ({ user_id: userId, role, since })),
  }));

  edge.serve(addOperator, async ({ caller, params }) => {
    await operators.add(caller.userId, params.handle, params.userId);
    return {};
  });

  edge.serve(removeOperator, async ({ caller, params }) => {
    await operators.remove(caller.userId, params.handle, params.userId);
    return {};
  });
};

const servePosts = (edge: Edge, { readers, posts }: Publishing): void => {
  edge.serve(publishPost, async ({ caller, params, body }) => {
    const { roomId } = readers.require(params.handle, caller.userId);
    return { event_id: await posts.publish(caller, roomId, body.content, body.txn_id) };
  });

  edge.serve(editPost, async ({ caller, params, body }) => {
    const { roomId } = readers.require(params.handle, caller.userId);
    return { event_id: await posts.edit(caller, roomId, params.eventId, body.content, body.txn_id) };
  });

  edge.serve(deletePost, async ({ caller, params, body }) => {
    const { roomId } = readers.require(params.handle, caller.userId);
    return { event_id: await posts.redact(caller, roomId, params.eventId, body) };
  });

  edge.serve(listPosts, async ({ caller, params, query }) => {
    const account = readers.require(params.handle, caller?.userId);
    const page = await posts.list(account.roomId, query.from, query.limit);
    return {
      posts: page.posts.map((post) => readers.post(account, post)),
      ...(page.next === undefined ? {} : { next: String(page.next) }),
    };
  });

  edge.serve(getPost, async ({ caller, params }) => {
    const account = readers.require(params.handle, caller?.userId);
    return readers.post(account, await posts.get(account.roomId, params.eventId));
  });
};

const serveSubscriptions = (edge: Edge, { readers, subscriptions }: Publishing): void => {
  edge.serve(subscribe, async ({ caller, params, body }) => {
    const { roomId } = readers.require(params.handle, caller.userId);
    await subscriptions.subscribe(caller.userId, roomId, body.muted);
    return {};
  });

  edge.serve(unsubscribe, async ({ caller, params }) => {
    const { roomId } = readers.require(params.handle, caller.userId);
    await subscriptions.unsubscribe(caller.userId, roomId);
    return {};
  });

  edge.serve(listSubscriptions, async ({ caller }) => ({ accounts: await readers.followed(caller.userId) }));
};
