import type { EventId, JsonObject, RoomId } from '@byline/protocol';
import { getAccountData, setAccountData } from '@byline/protocol/matrix/account-data.ts';
import { createRoom } from '@byline/protocol/matrix/create-room.ts';
import { joinRoomById } from '@byline/protocol/matrix/membership.ts';
import { putPushRule } from '@byline/protocol/matrix/push-rules.ts';
import { setReadMarkers } from '@byline/protocol/matrix/receipts.ts';
import { redactEvent, sendEvent } from '@byline/protocol/matrix/send.ts';
import { setTag } from '@byline/protocol/matrix/tags.ts';
import type { PersonId } from '../content/people.ts';
import type { Content, ConversationStory, LineOptions } from '../content/words.ts';
import { Refused } from '../http/caller.ts';
import { PICTURE_TYPE } from '../pictures/pictures.ts';
import { messageOf, upload } from './message.ts';
import type { Town } from './town.ts';

interface Said {
  readonly eventId: EventId;
  readonly speaker: PersonId;
}

/** A conversation that goes on in a room. */
export class Conversation {
  readonly #town: Town;
  readonly #story: ConversationStory;
  readonly #said: Said[] = [];
  readonly #named = new Map<string, Said>();
  #roomId: RoomId | undefined;
  #requests = 0;

  constructor(town: Town, story: ConversationStory) {
    this.#town = town;
    this.#story = story;
  }

  async open(): Promise<void> {
    const { group, members, invited = [] } = this.#story;
    const [founder, ...others] = members;
    if (founder === undefined) throw new Error('A conversation needs somebody.');
    const resident = this.#town.resident(founder);
    const { room_id: roomId } = await resident.call(createRoom, {
      body: {
        preset: group === undefined ? 'trusted_private_chat' : 'private_chat',
        is_direct: group === undefined,
        invite: [...others, ...invited].map((person) => this.#town.resident(person).userId),
        ...(group === undefined
          ? {}
          : { name: group.name, topic: group.topic, initial_state: [await this.#avatar(founder)] }),
      },
    });
    this.#roomId = roomId;
    for (const other of others) await this.#town.resident(other).call(joinRoomById, { params: { roomId } });
    if (group === undefined) await this.#tellDirect(members);
    await this.#keepInOrder();
  }

  async say(speaker: PersonId, content: Content, { id, answers }: LineOptions): Promise<void> {
    const message = await messageOf(this.#town.resident(speaker), content, this.#town.pictures);
    const said = {
      eventId: await this.#send(speaker, 'm.room.message', { ...message, ...this.#relation(answers) }),
      speaker,
    };
    this.#said.push(said);
    if (id !== undefined) this.#named.set(id, said);
  }

  async react(person: PersonId, line: number, emoji: string): Promise<void> {
    const relation = { rel_type: 'm.annotation', event_id: this.#line(line).eventId, key: emoji };
    await this.#send(person, 'm.reaction', { 'm.relates_to': relation });
  }

  async change(line: number, text: string): Promise<void> {
    const { eventId, speaker } = this.#line(line);
    const content = { msgtype: 'm.text', body: text, 'm.mentions': {} };
    await this.#send(speaker, 'm.room.message', {
      ...content,
      body: `* ${text}`,
      'm.new_content': content,
      'm.relates_to': { rel_type: 'm.replace', event_id: eventId },
    });
  }

  async takeBack(line: number): Promise<void> {
    const { eventId, speaker } = this.#line(line);
    const params = { roomId: this.#requireRoom(), eventId, txnId: this.#txnId() };
    await this.#town.resident(speaker).call(redactEvent, { params, body: {} });
  }

  /** Everybody reads up to a line, but for what they are to find unread in the end. */
  async read(lines: number, ofAll: number): Promise<void> {
    await Promise.all(
      this.#story.members.map(async (member) => {
        const last = Math.min(lines, ofAll - (this.#story.unread?.[member] ?? 0)) - 1;
        if (last < 0) return;
        const { eventId } = this.#line(last);
        const body = { 'm.fully_read': eventId, 'm.read': eventId };
        await this.#town.resident(member).call(setReadMarkers, { params: { roomId: this.#requireRoom() }, body });
      }),
    );
  }

  async #avatar(founder: PersonId) {
    const { group } = this.#story;
    if (group === undefined) throw new Error('Direct talk has no picture of its own.');
    const { bytes } = this.#town.pictures.get(group.picture);
    const url = await upload(this.#town.resident(founder), bytes, PICTURE_TYPE, `${group.picture}.jpg`);
    return { type: 'm.room.avatar', content: { url } };
  }

  /** Specification, client-server API: "Direct messaging". */
  async #tellDirect([one, other]: readonly PersonId[]): Promise<void> {
    if (one === undefined || other === undefined) throw new Error('Direct talk needs two.');
    for (const [person, partner] of [
      [one, other],
      [other, one],
    ] as const) {
      const resident = this.#town.resident(person);
      const params = { userId: resident.userId, type: 'm.direct' };
      const present = await orNothing(resident.call(getAccountData, { params }));
      const body = { ...present, [this.#town.resident(partner).userId]: [this.#requireRoom()] };
      await resident.call(setAccountData, { params, body });
    }
  }

  async #keepInOrder(): Promise<void> {
    const roomId = this.#requireRoom();
    for (const person of this.#story.muted ?? []) {
      const params = { kind: 'room', ruleId: roomId } as const;
      await this.#town.resident(person).call(putPushRule, { params, body: { actions: [] } });
    }
    for (const person of this.#story.favourite ?? []) {
      const resident = this.#town.resident(person);
      const params = { userId: resident.userId, roomId, tag: 'm.favourite' };
      await resident.call(setTag, { params, body: { order: 0.5 } });
    }
  }

  #relation(answers: string | undefined): JsonObject {
    if (answers === undefined) return { 'm.mentions': {} };
    const answered = this.#named.get(answers);
    if (answered === undefined) throw new Error(`Nothing was said that is called "${answers}".`);
    return {
      'm.mentions': { user_ids: [this.#town.resident(answered.speaker).userId] },
      'm.relates_to': { 'm.in_reply_to': { event_id: answered.eventId } },
    };
  }

  async #send(speaker: PersonId, eventType: string, content: JsonObject): Promise<EventId> {
    const params = { roomId: this.#requireRoom(), eventType, txnId: this.#txnId() };
    return (await this.#town.resident(speaker).call(sendEvent, { params, body: content })).event_id;
  }

  #line(index: number): Said {
    const said = this.#said[index];
    if (said === undefined) throw new Error('That was not said yet.');
    return said;
  }

  #requireRoom(): RoomId {
    if (this.#roomId === undefined) throw new Error('The conversation has not begun yet.');
    return this.#roomId;
  }

  #txnId(): string {
    this.#requests += 1;
    return `demo${this.#requests}`;
  }
}

const orNothing = async (asked: Promise<JsonObject>): Promise<JsonObject> => {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return {};
    throw error;
  }
};
