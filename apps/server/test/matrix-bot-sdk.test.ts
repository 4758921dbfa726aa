import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, signUp } from '@byline/testkit/person.ts';
import {
  AutojoinRoomsMixin,
  LogLevel,
  LogService,
  MatrixClient,
  MemoryStorageProvider,
  type MessageEventContent,
  RichReply,
} from 'matrix-bot-sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { createRoom, roomPath, say, sync, type SyncedEvent } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

// Its encryption wants a binary that npm does not bring, so it is loaded over the WebAssembly build (package.json,
// "overrides") and not used: what is encrypted is shown with matrix-js-sdk.
LogService.setLevel(LogLevel.ERROR);
// What is refused is what the tests look for.
LogService.muteModule('MatrixHttpClient');

const botOf = (server: TestServer, { token }: Person): MatrixClient => {
  const bot = new MatrixClient(server.url, token, new MemoryStorageProvider());
  AutojoinRoomsMixin.setupOnClient(bot);
  return bot;
};

interface RoomMessage {
  readonly event_id: string;
  readonly sender: string;
  readonly content: MessageEventContent & { readonly url?: string };
}

const heard = (bot: MatrixClient, body: string): Promise<RoomMessage> =>
  new Promise((resolve) => {
    bot.on('room.message', (_roomId: string, event: RoomMessage) => {
      if (event.content.body === body) resolve(event);
    });
  });

const joined = (bot: MatrixClient): Promise<string> =>
  new Promise((resolve) => bot.once('room.join', (roomId: string) => resolve(roomId)));

/** Syncs on until an event of a room is the one that is wanted. */
const told = async (
  person: Person,
  roomId: string,
  since: string,
  isWanted: (event: SyncedEvent) => boolean,
): Promise<SyncedEvent> => {
  const { next_batch: next, rooms } = await sync(person, since, { timeout: 10_000 });
  const found = rooms?.join?.[roomId]?.timeline.events.find(isWanted);
  return found ?? told(person, roomId, next, isWanted);
};

describe.each(ENGINES)('a bot of matrix-bot-sdk on %s', (engine) => {
  let server: TestServer;
  let ada: Person;
  let bot: MatrixClient;
  let roomId: string;
  let since: string;

  beforeAll(async () => {
    server = await startWholeServer(engine);
    ada = await signUp(server, 'ada');
    bot = botOf(server, await signUp(server, 'clerk'));
    await bot.start();
    const entered = joined(bot);
    roomId = await createRoom(ada, { invite: [await bot.getUserId()] });
    await entered;
    ({ next_batch: since } = await sync(ada));
  });

  afterAll(async () => {
    bot.stop();
    await server.stop();
  });

  test('comes when it is invited, and knows who is there', async () => {
    expect(await bot.getJoinedRooms()).toEqual([roomId]);
    expect((await bot.getJoinedRoomMembers(roomId)).toSorted()).toEqual(['@ada:byline.test', '@clerk:byline.test']);
    expect(await bot.getRoomStateEvent(roomId, 'm.room.create', '')).toMatchObject({ room_version: '12' });
  });

  test('hears a question, and answers it as a reply', async () => {
    const question = heard(bot, '!hours');
    await say(ada, roomId, '!hours');
    const { event_id: eventId, ...event } = await question;
    const answer = RichReply.createFor(roomId, { event_id: eventId, ...event }, 'Nine to five.', 'Nine to five.');
    await bot.sendMessage(roomId, { ...answer, msgtype: 'm.notice' });
    const reply = await told(ada, roomId, since, ({ content }) => content['msgtype'] === 'm.notice');
    expect(reply.content['m.relates_to']).toEqual({ 'm.in_reply_to': { event_id: eventId } });
  });

  test('sends a file, reacts, and takes back what it said', async () => {
    const url = await bot.uploadContent(Buffer.from('a plan of the town'), 'text/plain', 'plan.txt');
    const sent = await bot.sendMessage(roomId, { msgtype: 'm.file', body: 'plan.txt', url });
    expect((await bot.downloadContent(url)).data.toString()).toBe('a plan of the town');
    await bot.unstableApis.addReactionToEvent(roomId, sent, '🗺️');
    const reaction = await told(ada, roomId, since, ({ type }) => type === 'm.reaction');
    expect(reaction.content['m.relates_to']).toMatchObject({ event_id: sent, key: '🗺️' });
    await bot.redactEvent(roomId, sent, 'An old plan.');
    const { body } = await ada.get(roomPath(roomId, `/event/${encodeURIComponent(sent)}`));
    expect(body['content']).toEqual({});
  });

  test('may do what its power lets it', async () => {
    expect(await bot.userHasPowerLevelFor(await bot.getUserId(), roomId, 'm.room.name', true)).toBe(false);
    await expect(bot.sendStateEvent(roomId, 'm.room.name', '', { name: 'Mine' })).rejects.toMatchObject({
      statusCode: 403,
      errcode: 'M_FORBIDDEN',
    });
    await bot.setDisplayName('The clerk');
    const member = await told(
      ada,
      roomId,
      since,
      ({ type, content }) => type === 'm.room.member' && content['displayname'] === 'The clerk',
    );
    expect(member.sender).toBe('@clerk:byline.test');
  });
});
