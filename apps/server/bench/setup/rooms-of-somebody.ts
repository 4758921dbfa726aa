import { type Inhabitant, type Site, World } from './world.ts';

/** Every tenth room is a group in which much is said; the others are quiet talks of two. */
const GROUP_EVERY = 10;
const GROUP = 20;
const MESSAGES_OF_A_GROUP = 50;
const MESSAGES_OF_TWO = 5;

/** Settles somebody who is in so many rooms. */
export const settleInRooms = async (site: Site, rooms: number): Promise<Inhabitant> => {
  const world = await World.open(site);
  const [somebody] = await world.settle('somebody', 1);
  const others = await world.settle('other', GROUP - 1);
  if (somebody === undefined) throw new Error('Nobody settled.');
  for (let room = 0; room < rooms; room += 1) {
    const isGroup = room % GROUP_EVERY === 0;
    const [members, messages] = isGroup ? [others, MESSAGES_OF_A_GROUP] : [others.slice(0, 1), MESSAGES_OF_TWO];
    await world.converse(somebody, members, { messages });
  }
  await world.close();
  return somebody;
};
