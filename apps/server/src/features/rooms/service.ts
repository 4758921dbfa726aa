import type { ServerName } from '@byline/protocol';
import type { Engine } from '../../platform/engine/engine.ts';
import type { Log } from '../../platform/log/log.ts';
import type { AccountData } from '../account-data/service.ts';
import type { RoomGraph } from '../graph/service.ts';
import { RoomAccess } from './access.ts';
import type { AccountRooms } from './account-rooms.ts';
import { Arrivals } from './arrivals.ts';
import { AliasStore } from './alias-store.ts';
import { RoomAliases } from './aliases.ts';
import { RoomCreation } from './creation.ts';
import { DirectoryStore } from './directory-store.ts';
import { RoomDirectory } from './directory.ts';
import { ForgottenStore } from './forgotten-store.ts';
import { ForgottenRooms } from './forgotten.ts';
import { EventsByTime } from './by-time.ts';
import type { Gate } from './gate.ts';
import { GuestAccess } from './guests.ts';
import { type EventBundles, RoomHistory } from './history.ts';
import { RoomMembers } from './members.ts';
import { Memberships } from './memberships.ts';
import { MutualRooms } from './mutual.ts';
import { OwnRooms } from './own-rooms.ts';
import { Invitations } from './invitations.ts';
import { Peeking } from './peeking.ts';
import type { People } from './people.ts';
import { RoomPreviews } from './previews.ts';
import { Sending } from './sending.ts';
import { RoomStates } from './state.ts';
import { RoomUpgrades } from './upgrades.ts';

export type { Reading, RoomAccess } from './access.ts';
export type { AccountRooms } from './account-rooms.ts';
export { CarriedSettings } from './carried-settings.ts';
export type { Gate } from './gate.ts';
export type { Preview, RoomPreviews } from './previews.ts';
export { summaryAnswer } from './summary-answer.ts';

export interface RoomsParts {
  readonly engine: Engine;
  readonly log: Log;
  readonly conversations: RoomGraph;
  readonly accountRooms: RoomGraph;
  readonly accounts: AccountRooms;
  readonly people: People;
  readonly accountData: Pick<AccountData, 'find'>;
  readonly gate: Gate;
  readonly bundles: EventBundles;
  readonly serverName: ServerName;
}

/** What can be done with rooms, a service for each kind of thing. */
export interface Rooms {
  readonly creation: RoomCreation;
  readonly upgrades: RoomUpgrades;
  readonly memberships: Memberships;
  readonly sending: Sending;
  readonly states: RoomStates;
  readonly members: RoomMembers;
  readonly history: RoomHistory;
  readonly byTime: EventsByTime;
  readonly mutual: MutualRooms;
  readonly peeking: Peeking;
  readonly aliases: RoomAliases;
  readonly directory: RoomDirectory;
  readonly previews: RoomPreviews;
  readonly access: RoomAccess;
  readonly forgotten: ForgottenRooms;
  readonly own: OwnRooms;
  readonly invitations: Invitations;
  readonly arrivals: Arrivals;
  readonly serverName: ServerName;
}

export const makeRooms = (parts: RoomsParts): Rooms => {
  const { engine, conversations } = parts;
  const forgotten = new ForgottenRooms(new ForgottenStore(engine), conversations);
  const access = new RoomAccess({ ...parts, forgotten });
  const aliasStore = new AliasStore(engine.reader);
  const aliases = new RoomAliases({ ...parts, access, store: aliasStore });
  const invitations = new Invitations(parts);
  const arrivals = new Arrivals();
  const guests = new GuestAccess(parts);
  const memberships = new Memberships({ ...parts, aliases, invitations, arrivals, guests });
  const directory = new DirectoryStore(engine);
  const previews = new RoomPreviews(parts);
  const states = new RoomStates(access);
  const history = new RoomHistory(access, parts.bundles);
  return {
    creation: new RoomCreation({ ...parts, aliases, directory, invitations }),
    upgrades: new RoomUpgrades({ ...parts, aliasStore, arrivals, directoryStore: directory }),
    memberships,
    sending: new Sending({ ...parts, aliases, memberships, guests }),
    states,
    members: new RoomMembers(access),
    history,
    byTime: new EventsByTime(access),
    mutual: new MutualRooms(parts),
    peeking: new Peeking({ access, states, history, directoryStore: directory }),
    aliases,
    directory: new RoomDirectory({ ...parts, aliases, previews, store: directory }),
    previews,
    access,
    forgotten,
    own: new OwnRooms(parts),
    invitations,
    arrivals,
    serverName: parts.serverName,
  };
};
