import { entryOf } from '@byline/core/json.ts';
import type { PushAction, PushCondition, PushRule } from '@byline/core/push/ruleset.ts';
import { type Json, type JsonObject, RoomId, type UserId } from '@byline/protocol';
import type { AccountData } from '../account-data/service.ts';
import type { Room, RoomGraph } from '../graph/service.ts';

type RuleKind = 'override' | 'room';

/** What push rules must be able to do here. */
interface RoomRules {
  readonly rulesetOf: (userId: UserId) => Promise<Readonly<Record<RuleKind, readonly PushRule[]>>>;
  readonly put: (
    userId: UserId,
    kind: RuleKind,
    ruleId: string,
    rule: { readonly actions: readonly PushAction[]; readonly conditions?: readonly PushCondition[] | undefined },
    place: object,
  ) => Promise<void>;
}

export interface CarriedSettingsParts {
  readonly conversations: RoomGraph;
  readonly accountData: Pick<AccountData, 'find' | 'change'>;
  readonly pushRules: RoomRules;
}

/**
 * Who follows a room into its replacement finds there how they had arranged it: its tags, whether it is a direct chat, and
 * what they want to be told of (specification, client-server API: "Room Upgrades").
 */
export class CarriedSettings {
  readonly #conversations: RoomGraph;
  readonly #accountData: Pick<AccountData, 'find' | 'change'>;
  readonly #pushRules: RoomRules;

  constructor(parts: CarriedSettingsParts) {
    this.#conversations = parts.conversations;
    this.#accountData = parts.accountData;
    this.#pushRules = parts.pushRules;
  }

  /** Carries over what a user has set for the room that this one replaces, if it does and they were in that. */
  async carry(userId: UserId, roomId: RoomId): Promise<void> {
    const room = await this.#conversations.room(roomId);
    const old = room === undefined ? undefined : await this.#replacedBy(room);
    if (old?.entry('m.room.member', userId) === undefined) return;
    await this.#carryTags(userId, old.id, roomId);
    await this.#carryDirect(userId, old.id, roomId);
    await this.#carryRules(userId, old.id, roomId);
  }

  /** Both rooms must say so; else anyone could make a room that passes for somebody's favourite. */
  async #replacedBy(room: Room): Promise<Room | undefined> {
    const predecessor = RoomId.safeParse(entryOf(room.get('m.room.create', '')?.content['predecessor'], 'room_id'));
    const old = predecessor.success ? await this.#conversations.room(predecessor.data) : undefined;
    return old?.get('m.room.tombstone', '')?.content['replacement_room'] === room.id ? old : undefined;
  }

  async #carryTags(userId: UserId, from: RoomId, to: RoomId): Promise<void> {
    const tags = await this.#accountData.find({ userId, roomId: from, type: 'm.tag' });
    if (tags === undefined) return;
    // What was set for the new room by now is newer.
    await this.#accountData.change({ userId, roomId: to, type: 'm.tag' }, (present) => ({ ...tags, ...present }));
  }

  async #carryDirect(userId: UserId, from: RoomId, to: RoomId): Promise<void> {
    const key = { userId, roomId: null, type: 'm.direct' };
    const direct = await this.#accountData.find(key);
    if (direct === undefined || !Object.values(direct).some((rooms) => includes(rooms, from))) return;
    await this.#accountData.change(key, (present) => withReplacement(present, from, to));
  }

  async #carryRules(userId: UserId, from: RoomId, to: RoomId): Promise<void> {
    const ruleset = await this.#pushRules.rulesetOf(userId);
    for (const kind of ['override', 'room'] as const) {
      const rule = ruleset[kind].find(({ rule_id: ruleId, default: isDefault }) => ruleId === from && !isDefault);
      if (rule === undefined || !rule.enabled) continue;
      const conditions = rule.conditions?.map((condition) => ofOtherRoom(condition, from, to));
      await this.#pushRules.put(userId, kind, to, { actions: rule.actions, conditions }, {});
    }
  }
}

const includes = (rooms: Json | undefined, roomId: RoomId): rooms is Json[] =>
  Array.isArray(rooms) && rooms.includes(roomId);

const withReplacement = (direct: JsonObject, from: RoomId, to: RoomId): JsonObject =>
  Object.fromEntries(
    Object.entries(direct).map(([person, rooms]) => {
      const lacks = includes(rooms, from) && !rooms.includes(to);
      return [person, lacks ? [...rooms, to] : rooms];
    }),
  );

const ofOtherRoom = (condition: PushCondition, from: RoomId, to: RoomId): PushCondition =>
  condition.key === 'room_id' && condition.pattern === from ? { ...condition, pattern: to } : condition;
