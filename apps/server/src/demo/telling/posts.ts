import type { EventId } from '@byline/protocol';
import { getAccount } from '@byline/protocol/byline/accounts.ts';
import { editPost, publishPost } from '@byline/protocol/byline/posts.ts';
import { subscribe } from '@byline/protocol/byline/subscriptions.ts';
import { setReadMarkers } from '@byline/protocol/matrix/receipts.ts';
import type { Following } from '../content/following.ts';
import { EVERYBODY } from '../content/people.ts';
import type { AccountStory, PublicPost } from '../content/words.ts';
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
  for (const [index, person] of EVERYBODY.entries()) {
    const muted = following.muted?.[person]?.includes(handle) ?? false;
    town.at(town.time(day(40, '08:00')) + index * MINUTE, () =>
      town.resident(person).call(subscribe, { params: { handle }, body: { muted } }),
    );
  }
  town.at(minutesAgo(1), async () => {
    for (const person of EVERYBODY) {
      const unread = following.unread?.[person]?.[handle] ?? 0;
      const last = published.at(-1 - unread);
      if (last === undefined) continue;
      const { room_id: roomId } = await town.resident(person).call(getAccount, { params: { handle } });
      const body = { 'm.fully_read': last, 'm.read.private': last };
      await town.resident(person).call(setReadMarkers, { params: { roomId }, body });
    }
  });
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
