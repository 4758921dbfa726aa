import { type EventDraft, RoomGraph } from '@byline/server/features/graph/service.ts';
import { GraphStore } from '@byline/server/features/graph/store.ts';
import { ACCOUNT_ROOMS, CONVERSATIONS } from '@byline/server/features/graph/tables.ts';
import type { EventEntry } from '@byline/server/platform/log/entry.ts';
import { Tail } from '@byline/server/platform/log/tail.ts';
import { readSigningKey } from '@byline/server/platform/signing-key.ts';
import { type EventId, type JsonObject, type RoomId, ServerName, UserId } from '@byline/protocol';
import type { FeatureServer } from './feature-server.ts';

export const user = (name: string): UserId => UserId.parse(`@${name}:byline.test`);

/** The graph of both kinds of rooms on the bare platform. */
export const openGraphs = async ({ log, clock, engine, dataFolder }: FeatureServer) => {
  const tail = new Tail(log);
  const signingKey = await readSigningKey(dataFolder, ServerName.parse('byline.test'));
  const graph = (tables: typeof CONVERSATIONS): RoomGraph =>
    new RoomGraph({ log, tail, clock, signingKey, store: new GraphStore(engine.reader, tables) });
  return { conversations: graph(CONVERSATIONS), accountRooms: graph(ACCOUNT_ROOMS) };
};

/** A room that somebody has made and others have joined. */
export class Conversation {
  readonly graph: RoomGraph;
  readonly roomId: RoomId;

  constructor(graph: RoomGraph, roomId: RoomId) {
    this.graph = graph;
    this.roomId = roomId;
  }

  static async of(graph: RoomGraph, founder: UserId, ...others: readonly UserId[]): Promise<Conversation> {
    const create: EventDraft = { type: 'm.room.create', stateKey: '', sender: founder, content: {} };
    const [first] = await graph.create(create, '12', () => [
      membership(founder, 'join'),
      { type: 'm.room.power_levels', stateKey: '', sender: founder, content: {} },
      { type: 'm.room.join_rules', stateKey: '', sender: founder, content: { join_rule: 'public' } },
    ]);
    if (first === undefined) throw new Error('No room was made.');
    const conversation = new Conversation(graph, first.roomId);
    for (const other of others) await conversation.send(membership(other, 'join'));
    return conversation;
  }

  async send(draft: EventDraft): Promise<EventEntry> {
    const [entry] = await this.graph.append(this.roomId, () => [draft]);
    if (entry === undefined) throw new Error('Nothing was sent.');
    return entry;
  }

  say(sender: UserId, body: string, more: JsonObject = {}): Promise<EventEntry> {
    return this.send({ type: 'm.room.message', sender, content: { msgtype: 'm.text', body, ...more } });
  }

  answerInThread(sender: UserId, root: EventId, body: string): Promise<EventEntry> {
    return this.say(sender, body, { 'm.relates_to': { rel_type: 'm.thread', event_id: root } });
  }

  react(sender: UserId, to: EventId): Promise<EventEntry> {
    const relation = { rel_type: 'm.annotation', event_id: to, key: '👍' };
    return this.send({ type: 'm.reaction', sender, content: { 'm.relates_to': relation } });
  }

  redact(sender: UserId, target: EventId): Promise<EventEntry> {
    return this.send({ type: 'm.room.redaction', sender, content: {}, redacts: target });
  }

  move(who: UserId, to: 'join' | 'leave', content: JsonObject = {}): Promise<EventEntry> {
    return this.send(membership(who, to, content));
  }
}

const membership = (who: UserId, to: string, content: JsonObject = {}): EventDraft => ({
  type: 'm.room.member',
  stateKey: who,
  sender: who,
  content: { ...content, membership: to },
});
