import type { EventId } from '@byline/protocol';
import { getAccount } from '@byline/protocol/byline/accounts.ts';
import { editPost, publishPost } from '@byline/protocol/byline/posts.ts';
import { subscribe } from '@byline/protocol/byline/subscriptions.ts';
import { setReadMarkers } from '@byline/protocol/matrix/receipts.ts';
import type { Following } from '../content/following.ts';
import { EVERYBODY } from '../content/people.ts';
import type { AccountStory, PublicPost } from '../content/words.ts';
import { Caller } from '../http/caller.ts';
import { messageOf } from './message.ts';
import type { Town } from './town.ts';
import { day, minutesAgo } from './when.ts';

const MINUTE = 60_000;

/** What an account publishes, who follows it, and how far they have read. */
export const planPosts = (town: Town, story: AccountStory, following: Following): void => {
  const published: EventId[] = [];
  for (const post of story.posts) planPost(town, story, post, published);
  if (story.posts.length === 0) return;
  const { handle } = story;
  town.at(day(40, '08:00'), () => followAll(town, handle, following));
  town.at(minutesAgo(1), () => readAll(town, handle, published, following));
};

const followAll = (town: Town, handle: string, { muted }: Following): Promise<unknown> =>
  Promise.all(
    EVERYBODY.map((person) =>
      town
        .resident(person)
        .call(subscribe, { params: { handle }, body: { muted: muted?.[person]?.includes(handle) ?? false } }),
    ),
  );

const readAll = async (
  town: Town,
  handle: string,
  published: readonly EventId[],
  { unread }: Following,
): Promise<unknown> => {
  const { room_id: roomId } = await new Caller(town.url).call(getAccount, { params: { handle } });
  return Promise.all(
    EVERYBODY.map(async (person) => {
      const last = published.at(-1 - (unread?.[person]?.[handle] ?? 0));
      if (last === undefined) return;
      const body = { 'm.fully_read': last, 'm.read.private': last };
      await town.resident(person).call(setReadMarkers, { params: { roomId }, body });
    }),
  );
};

const planPost = (town: Town, { owner, handle }: AccountStory, post: PublicPost, published: EventId[]): void => {
  const time = town.time(post.when);
  const author = post.by ?? owner;
  const { becomes, after = 5 } = post;
  let eventId: EventId;
  town.at(time, async () => {
    const operator = town.resident(author);
    const content = await messageOf(operator, post.content, town.pictures);
    const body = { content, txn_id: `post ${time}` };
    ({ event_id: eventId } = await operator.call(publishPost, { params: { handle }, body }));
    published.push(eventId);
  });
  if (becomes === undefined) return;
  town.at(time + after * MINUTE, async () => {
    const operator = town.resident(author);
    const content = await messageOf(operator, becomes, town.pictures);
    await operator.call(editPost, { params: { handle, eventId }, body: { content, txn_id: `edit ${time}` } });
  });
};
