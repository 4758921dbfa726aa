import { creationEvents, type RoomBlueprint, type StateChange } from '@byline/core/room/presets.ts';
import {
  DEFAULT_ROOM_VERSION,
  DomainError,
  type JsonObject,
  ROOM_VERSIONS,
  type RoomAlias,
  type RoomId,
  type RoomVersion,
  type UserId,
} from '@byline/protocol';
import type { Log } from '../../platform/log/log.ts';
import type { EventDraft, PlannedRoom, RoomGraph } from '../graph/service.ts';
import type { RoomAliases } from './aliases.ts';
import { aliasesAdded } from './canonical-alias.ts';
import type { DirectoryStore } from './directory-store.ts';
import type { Gate } from './gate.ts';
import type { Invitations } from './invitations.ts';
import { memberProfile, type People } from './people.ts';

export interface CreationParts {
  readonly log: Log;
  readonly conversations: RoomGraph;
  readonly directory: DirectoryStore;
  readonly aliases: RoomAliases;
  readonly people: People;
  readonly invitations: Invitations;
  readonly gate: Gate;
}

/** What somebody asks of a new room. */
export interface NewRoom extends Omit<RoomBlueprint, 'version' | 'creator' | 'canonicalAlias' | 'profileOf'> {
  readonly version?: string | undefined;
  /** What stands between `#` and the server's name. */
  readonly aliasName?: string | undefined;
}

/** Makes rooms: all of a room at once, with its name and its place in the directory, or nothing. */
export class RoomCreation {
  readonly #parts: CreationParts;

  constructor(parts: CreationParts) {
    this.#parts = parts;
  }

  /**
   * @throws DomainError `M_UNSUPPORTED_ROOM_VERSION`, `M_ROOM_IN_USE` for a taken alias, `M_INVALID_PARAM` for one that
   *   cannot be, `M_INVALID_ROOM_STATE` where what is asked for contradicts itself, `M_BAD_ALIAS`, `M_BAD_JSON`,
   *   `M_TOO_LARGE`, `M_NOT_FOUND` for an invitation of nobody, `M_INVITE_BLOCKED`.
   */
  async create(creator: UserId, wanted: NewRoom): Promise<RoomId> {
    await this.#parts.gate.requireMayTalk(creator);
    const { aliases, log, directory, conversations } = this.#parts;
    const version = parseVersion(wanted.version);
    const alias = wanted.aliasName === undefined ? undefined : aliases.parseLocal(wanted.aliasName);
    requireStateOfNewRoom(wanted.initialState ?? [], alias);
    const profiles = await this.#profilesOf(creator, wanted.invite ?? []);
    const profileOf = (user: UserId): JsonObject => profiles.get(user) ?? {};
    const planned = this.#plan({ ...wanted, version, creator, canonicalAlias: alias, profileOf });
    const { id } = planned.room;
    await log.append(async (batch) => {
      const isFree = alias === undefined || (await aliases.takeInside(batch, alias, id, creator));
      if (!isFree) throw new DomainError('M_ROOM_IN_USE', 'That name is taken. Please choose another.');
      if (wanted.visibility === 'public') batch.gather(directory.insertInside, id);
      conversations.createInside(batch, planned);
    });
    return id;
  }

  #plan(blueprint: RoomBlueprint): PlannedRoom {
    const [create, ...others] = creationEvents(blueprint).map((change) => draftOf(change, blueprint.creator));
    if (create === undefined) throw new Error('A room begins with its creation.');
    try {
      return this.#parts.conversations.plan(create, blueprint.version, () => others);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'M_FORBIDDEN') throw error;
      throw new DomainError('M_INVALID_ROOM_STATE', `The room cannot begin like this: ${error.message}`);
    }
  }

  async #profilesOf(creator: UserId, invited: readonly UserId[]): Promise<ReadonlyMap<UserId, JsonObject>> {
    const { people, invitations } = this.#parts;
    const profiles = new Map<UserId, JsonObject>();
    for (const user of [creator, ...invited]) {
      if (user !== creator) await invitations.requireWelcome(user);
      profiles.set(user, memberProfile(await people.profile(user)));
    }
    return profiles;
  }
}

export const draftOf = ({ type, stateKey, content }: StateChange, sender: UserId): EventDraft => ({
  type,
  stateKey,
  sender,
  content,
});

/** Throws `M_UNSUPPORTED_ROOM_VERSION`. */
export const parseVersion = (wanted: string | undefined): RoomVersion => {
  const version = wanted === undefined ? DEFAULT_ROOM_VERSION : ROOM_VERSIONS.find((known) => known === wanted);
  if (version !== undefined) return version;
  throw new DomainError('M_UNSUPPORTED_ROOM_VERSION', `Rooms here have version ${ROOM_VERSIONS.join(', ')}.`);
};

/** What the authorisation rules let pass, and yet cannot stand at the beginning of a room. */
const requireStateOfNewRoom = (initialState: readonly StateChange[], alias: RoomAlias | undefined): void => {
  for (const { type, content } of initialState) {
    if (type === 'm.room.redaction') {
      throw new DomainError('M_INVALID_ROOM_STATE', 'A redaction is a message, not state.');
    }
    // Else somebody could be invited who can't be, or under a name that is not theirs.
    if (type === 'm.room.member') {
      throw new DomainError('M_INVALID_ROOM_STATE', 'Who is in the room is for "invite" to say.');
    }
    const added = type === 'm.room.canonical_alias' ? aliasesAdded(undefined, content) : [];
    const foreign = added.find((one) => one !== alias);
    if (foreign !== undefined) {
      throw new DomainError('M_BAD_ALIAS', `The alias ${foreign} does not lead to this room.`);
    }
  }
};
