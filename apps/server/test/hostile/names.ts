import fc from 'fast-check';

/**
 * What fits a parameter of some name. `⟨room:3⟩` stands for a room that is there when the request is made: so that the
 * same seed makes the same requests, though ids are random.
 */
const KINDS: Readonly<Record<string, string>> = {
  roomId: 'room',
  room_id: 'room',
  roomIdOrAlias: 'room',
  rooms: 'room',
  eventId: 'event',
  event_id: 'event',
  'm.read': 'event',
  'm.read.private': 'event',
  'm.fully_read': 'event',
  userId: 'user',
  user_id: 'user',
  invite: 'user',
  user: 'user',
  user_ids: 'user',
  deviceId: 'device',
  device_id: 'device',
  devices: 'device',
  mediaId: 'media',
  url: 'mxc',
  avatar_url: 'mxc',
  picture: 'mxc',
  id: 'application',
  evidenceId: 'evidence',
  kid: 'kid',
  filterId: 'filter',
  since: 'token',
  from: 'token',
  to: 'token',
  pos: 'token',
};

/** Parameters with values of their own, whatever their schema says besides. */
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  // The administrator must stay one, or nothing of the provider's is reached any more.
  role: ['reviewer', 'moderator', 'custodian'],
  // Who is asked to wait waits, and shows nothing.
  timeout: [0, 0, 20, -1, 'x'],
  timeout_ms: [0, 20],
  roomAlias: ['#square:byline.test', '#gazette:byline.test', '#new:byline.test'],
  thread_id: ['main', '⟨event:0⟩'],
  username: ['bob', 'carol', '@bob:byline.test'],
  password: ['the password of bob', 'another password'],
  new_password: ['the password of bob'],
  handle: ['gazette', 'herald', 'courier', 'nobody', 'Gazette'],
  eventType: ['m.room.message', 'm.reaction', 'm.room.name', 'm.room.member', 'm.room.redaction', 'm.room.encrypted'],
  type: [
    'm.room.message',
    'm.room.topic',
    'm.tag',
    'm.direct',
    'm.login.password',
    'org.example',
    'm.ignored_user_list',
  ],
  stateKey: ['', '⟨user:0⟩', '⟨user:1⟩', 'key'],
  txnId: ['txn1', 'txn2', 'txn3'],
  txn_id: ['txn1', 'txn2'],
  keyName: ['displayname', 'avatar_url', 'org.example.field'],
  kind: ['override', 'content', 'room', 'sender', 'underride', 'user'],
  ruleId: ['.m.rule.master', 'mine', '.m.rule.contains_user_name'],
  receiptType: ['m.read', 'm.read.private', 'm.fully_read'],
  relType: ['m.thread', 'm.annotation', 'm.replace'],
  version: ['1', '2'],
  language: ['en', 'zh-Hans'],
  serverName: ['byline.test', 'byline.test', 'elsewhere.test'],
  fileName: ['a.txt', 'b.html'],
  tag: ['m.favourite', 'u.mine'],
  filter: ['{}', '{"types":["m.*"]}', '⟨filter:0⟩', '{"room":{"timeline":{"limit":2}}}'],
  room_alias_name: ['square', 'another', '房间'],
};

/** What would fit a parameter of this name, if anything is known of it. */
export const namedValue = (name: string): fc.Arbitrary<unknown> | undefined => {
  const values = VALUES[name];
  if (values !== undefined) return fc.constantFrom(...values);
  const kind = KINDS[name];
  return kind === undefined ? undefined : fc.nat({ max: 63 }).map((index) => `⟨${kind}:${index}⟩`);
};
