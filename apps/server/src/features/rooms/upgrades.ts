import { levelToSend, maySend, powerOf } from '@byline/core/event/power-levels.ts';
import type { StateChange } from '@byline/core/room/presets.ts';
import { closedPowerLevels } from '@byline/core/room/upgraded-power-levels.ts';
import { upgradeEvents } from '@byline/core/room/upgrade.ts';
import { DomainError, RoomId, type UserId } from '@byline/protocol';
import type { Log } from '../../platform/log/log.ts';
import type { EventDraft, PlannedRoom, Room, RoomGraph, RoomView } from '../graph/service.ts';
import type { AliasStore } from './alias-store.ts';
import type { Arrivals } from './arrivals.ts';
import { draftOf, parseVersion } from './creation.ts';
import type { DirectoryStore } from './directory-store.ts';
import type { Gate } from './gate.ts';
import { memberProfile, type People } from './people.ts';
import { notInRoom } from './refusals.ts';

export interface UpgradeParts {
  readonly log: Log;
  readonly conversations: RoomGraph;
  readonly aliasStore: AliasStore;
  readonly directoryStore: DirectoryStore;
  readonly people: People;
  readonly arrivals: Arrivals;
  readonly gate: Gate;
}

export interface UpgradeWanted {
  readonly version: string;
  readonly additionalCreators: readonly UserId[];
}

/** Replaces rooms by rooms of another version, all at once or not at all (specification, client-server API: "Room Upgrades"). */
export class RoomUpgrades {
  readonly #parts: UpgradeParts;

  constructor(parts: UpgradeParts) {
    this.#parts = parts;
  }

  /**
   * Makes a room's replacement and closes the room; its aliases and its place in the directory move, its members do not.
   *
   * @throws DomainError `M_UNSUPPORTED_ROOM_VERSION`, `M_FORBIDDEN` for who may not send `m.room.tombstone`, `M_BAD_STATE`
   *   for a room that has a replacement.
   */
  async upgrade(upgrader: UserId, roomId: RoomId, wanted: UpgradeWanted): Promise<RoomId> {
    const { gate, conversations, aliasStore, directoryStore, log, arrivals } = this.#parts;
    await gate.requireMayTalk(upgrader);
    const version = parseVersion(wanted.version);
    const room = await conversations.room(roomId);
    if (room === undefined || !room.joined.has(upgrader)) throw notInRoom();
    requireMayReplace(upgrader, room);
    const planned = await this.#plan(upgrader, room, { ...wanted, version });
    const replacement = planned.room.id;
    await log.append(async (batch) => {
      await batch.atOnce(async (writer) => {
        await aliasStore.move(writer, roomId, replacement);
        await directoryStore.replace(writer, roomId, replacement);
      });
      await conversations.appendInside(batch, roomId, (now) => {
        requireMayReplace(upgrader, now);
        return closing(upgrader, replacement, now);
      });
      conversations.createInside(batch, planned);
    });
    await arrivals.tell(upgrader, replacement);
    return replacement;
  }

  async #plan(
    upgrader: UserId,
    room: Room,
    { version, additionalCreators }: UpgradeWanted & { readonly version: ReturnType<typeof parseVersion> },
  ): Promise<PlannedRoom> {
    const { people, aliasStore, conversations } = this.#parts;
    const parents = room.ofType('m.space.parent').map(({ pdu }) => RoomId.safeParse(pdu.state_key).data);
    const spaces = await conversations.rooms([...parents].filter((parent) => parent !== undefined));
    const changes = upgradeEvents({
      old: {
        id: room.id,
        version: room.version,
        newest: room.head.eventId,
        get: room.get,
        ofType: (type) => room.ofType(type).map(({ pdu }) => pdu),
      },
      version,
      upgrader,
      profile: memberProfile(await people.profile(upgrader)),
      additionalCreators,
      aliases: new Set(await aliasStore.ofRoom(room.id)),
      mayLinkTo: (roomId) => mayLink(upgrader, spaces.get(roomId)),
    });
    const [create, ...others] = changes.map((change: StateChange) => draftOf(change, upgrader));
    if (create === undefined) throw new Error('A room begins with its creation.');
    return conversations.plan(create, version, () => others);
  }
}

const mayLink = (user: UserId, space: Room | undefined): boolean =>
  space !== undefined && maySend(user, 'm.space.child', true, space);

const requireMayReplace = (user: UserId, room: RoomView): void => {
  if (powerOf(user, room) < levelToSend('m.room.tombstone', true, room)) {
    throw new DomainError('M_FORBIDDEN', 'A higher power level is needed to upgrade this room.');
  }
  // Two who upgrade at once would part its members; whoever means it takes the tombstone away first.
  if (typeof room.get('m.room.tombstone', '')?.content['replacement_room'] === 'string') {
    throw new DomainError('M_BAD_STATE', 'This room has been replaced already.');
  }
};

/** What is said in the room that was replaced; its name and its power levels only by who may change them. */
const closing = (sender: UserId, replacement: RoomId, now: RoomView): readonly EventDraft[] => {
  const state = (type: string, content: EventDraft['content']): EventDraft => ({ type, stateKey: '', sender, content });
  const mayChange = (type: string): boolean => maySend(sender, type, true, now);
  const levels = mayChange('m.room.power_levels') ? closedPowerLevels(now, powerOf(sender, now)) : undefined;
  const isNamed = Object.keys(now.get('m.room.canonical_alias', '')?.content ?? {}).length > 0;
  return [
    state('m.room.tombstone', { body: 'This room has been replaced', replacement_room: replacement }),
    ...(isNamed && mayChange('m.room.canonical_alias') ? [state('m.room.canonical_alias', {})] : []),
    ...(levels === undefined ? [] : [state('m.room.power_levels', levels)]),
  ];
};
