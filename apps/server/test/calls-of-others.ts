export type Call = readonly ['get' | 'put' | 'post' | 'delete', string, object?];

export const SECRET = 'the surprise is on Friday';

/** All that can be asked of a conversation. */
export const OF_A_ROOM: readonly Call[] = [
  ['get', '/messages?dir=b'],
  ['get', '/messages?dir=f&from=s0'],
  ['get', '/context/EVENT'],
  ['get', '/event/EVENT'],
  ['get', '/state'],
  ['get', '/state/m.room.name'],
  ['get', '/state/m.room.member/@ada:byline.test'],
  ['get', '/members'],
  ['get', '/members?at=s5'],
  ['get', '/joined_members'],
  ['get', '/aliases'],
  ['get', '/initialSync'],
  ['post', '/receipt/m.read/EVENT'],
  ['post', '/receipt/m.fully_read/EVENT'],
  ['post', '/read_markers', { 'm.fully_read': 'EVENT' }],
  ['put', '/typing/ME', { typing: true }],
  ['put', '/send/m.room.message/outside', { msgtype: 'm.text', body: 'let me in' }],
  ['put', '/send/m.reaction/outside', { 'm.relates_to': { rel_type: 'm.annotation', event_id: 'EVENT', key: 'x' } }],
  ['put', '/send/m.room.redaction/outside2', { redacts: 'EVENT' }],
  ['put', '/redact/EVENT/outside', {}],
  ['put', '/state/m.room.name', { name: 'mine' }],
  ['put', '/state/m.room.member/ME', { membership: 'join' }],
  ['put', '/state/m.room.member/ME', { membership: 'invite' }],
  ['put', '/state/m.room.member/@ada:byline.test', { membership: 'leave' }],
  ['post', '/join'],
  ['post', '/invite', { user_id: 'ME' }],
  ['post', '/kick', { user_id: '@ada:byline.test' }],
  ['post', '/ban', { user_id: '@ada:byline.test' }],
  ['post', '/unban', { user_id: 'ME' }],
  ['post', '/upgrade', { new_version: '12' }],
  ['post', '/report/EVENT', { reason: 'mine' }],
];

/** What reaches a room by another way. */
export const AROUND_A_ROOM: readonly Call[] = [
  ['get', '/_matrix/client/v1/room_summary/ROOM'],
  ['get', '/_matrix/client/v1/rooms/ROOM/hierarchy'],
  ['get', '/_matrix/client/v1/rooms/ROOM/timestamp_to_event?ts=1&dir=f'],
  ['get', '/_matrix/client/v3/directory/list/room/ROOM'],
  ['put', '/_matrix/client/v3/directory/list/room/ROOM', { visibility: 'public' }],
  ['put', '/_matrix/client/v3/directory/room/%23mine:byline.test', { room_id: 'ROOM' }],
  ['delete', '/_matrix/client/v3/directory/room/%23den:byline.test'],
  ['post', '/_matrix/client/v3/join/%23den:byline.test'],
  ['post', '/_matrix/client/v3/knock/ROOM'],
];

/** What belongs to Ada alone. */
export const OF_ADA: readonly Call[] = [
  ['get', '/user/ADA/account_data/org.example'],
  ['put', '/user/ADA/account_data/org.example', { mine: true }],
  ['get', '/user/ADA/rooms/ROOM/account_data/org.example'],
  ['put', '/user/ADA/rooms/ROOM/account_data/org.example', {}],
  ['get', '/user/ADA/rooms/ROOM/tags'],
  ['put', '/user/ADA/rooms/ROOM/tags/u.x', {}],
  ['delete', '/user/ADA/rooms/ROOM/tags/u.x'],
  ['post', '/user/ADA/filter', {}],
  ['get', '/user/ADA/filter/FILTER'],
  ['get', '/sync?filter=FILTER&timeout=0'],
  ['put', '/profile/ADA/displayname', { displayname: 'not Ada' }],
  ['delete', '/profile/ADA/displayname'],
  ['put', '/rooms/ROOM/typing/ADA', { typing: true }],
  ['get', '/devices/DEVICE'],
  ['put', '/devices/DEVICE', { display_name: 'mine' }],
];

/** What only some of the provider's people may do. */
export const OF_STAFF: readonly Call[] = [
  ['get', '/staff'],
  ['get', '/staff-changes'],
  ['put', '/staff/ME/reviewer'],
  ['put', '/staff/ME/administrator'],
  ['delete', '/staff/@administrator:byline.test/administrator'],
  ['put', '/policy/identity.required', { value: 'everyone' }],
  ['put', '/policy/verification.lifetime', { value: 7 }],
  ['delete', '/policy/verification.lifetime/versions/1'],
  ['post', '/policy/verification.lifetime/preview', { value: 7 }],
  ['get', '/register'],
  ['post', '/rules', { texts: texts('Rules') }],
];

export const OF_REVIEWERS: readonly Call[] = [
  ['put', '/reviewers-key', { public_key: 'A'.repeat(43) }],
  ['get', '/review/queue'],
  ['get', '/review/cases/CASE'],
  ['get', '/review/cases/CASE/look-alikes'],
  ['post', '/review/cases/CASE/claim'],
  ['post', '/review/cases/CASE/release'],
  ['post', '/review/cases/CASE/decision', { decision: 'approve', reason: 'why not' }],
  ['get', '/review/cases/CASE/evidence/EVIDENCE'],
];

/** What only who applies may do with an application. */
export const OF_AN_APPLICANT: readonly Call[] = [
  ['get', '/applications/CASE'],
  ['put', '/applications/CASE', { public: { name: 'mine' } }],
  ['post', '/applications/CASE/submit'],
  ['post', '/applications/CASE/withdraw'],
  ['delete', '/applications/CASE/evidence/EVIDENCE'],
  ['post', '/applications/CASE/evidence?piece=document-front&kid=KID'],
];

/** What only who operates an account may do with it. */
export const OF_OPERATORS: readonly Call[] = [
  ['post', '/_byline/v1/accounts/HANDLE/posts', { content: { msgtype: 'm.text', body: 'x' }, txn_id: 'o1' }],
  ['put', '/_byline/v1/accounts/HANDLE/posts/POST', { content: { msgtype: 'm.text', body: 'x' }, txn_id: 'o2' }],
  ['delete', '/_byline/v1/accounts/HANDLE/posts/POST'],
  ['get', '/_byline/v1/accounts/HANDLE/operators'],
  ['put', '/_byline/v1/accounts/HANDLE/operators/ME'],
  ['delete', '/_byline/v1/accounts/HANDLE/operators/@ada:byline.test'],
  ...roomCalls(),
];

/** The same by a plain client. */
export function roomCalls(): readonly Call[] {
  const room = '/_matrix/client/v3/rooms/ACCOUNTROOM';
  const message = { msgtype: 'm.text', body: 'x' };
  return [
    ['put', `${room}/send/m.room.message/r1`, message],
    ['put', `${room}/send/m.reaction/r2`, { 'm.relates_to': { rel_type: 'm.annotation', event_id: 'POST', key: 'x' } }],
    ['put', `${room}/send/m.room.encrypted/r3`, {}],
    ['put', `${room}/send/org.example/r4`, {}],
    ['put', `${room}/send/m.room.redaction/r5`, { redacts: 'POST' }],
    [
      'put',
      `${room}/send/m.room.message/r6`,
      { ...message, 'm.new_content': message, 'm.relates_to': { rel_type: 'm.replace', event_id: 'POST' } },
    ],
    ['put', `${room}/redact/POST/r7`, {}],
    ...stateCalls(room),
  ];
}

/** What nobody may do to an account's room, not even its operators. */
export function stateCalls(room: string): readonly Call[] {
  return [
    ['put', `${room}/state/m.room.name`, { name: 'mine' }],
    ['put', `${room}/state/m.room.topic`, { topic: 'mine' }],
    ['put', `${room}/state/m.room.power_levels`, { users_default: 100 }],
    ['put', `${room}/state/m.room.tombstone`, { replacement_room: 'ROOM' }],
    ['put', `${room}/state/im.byline.account`, {}],
    ['put', `${room}/state/m.room.member/ME`, { membership: 'join', displayname: 'x' }],
    ['put', `${room}/state/m.room.member/@bob:byline.test`, { membership: 'invite' }],
    ['post', `${room}/invite`, { user_id: '@bob:byline.test' }],
    ['post', `${room}/kick`, { user_id: '@bob:byline.test' }],
    ['post', `${room}/ban`, { user_id: '@bob:byline.test' }],
    ['post', '/_matrix/client/v3/knock/ACCOUNTROOM'],
    ['put', '/_matrix/client/v3/directory/list/room/ACCOUNTROOM', { visibility: 'public' }],
    ['put', '/_matrix/client/v3/directory/room/%23other:byline.test', { room_id: 'ACCOUNTROOM' }],
    ['delete', '/_matrix/client/v3/directory/room/%23HANDLE:byline.test'],
  ];
}

function texts(title: string): object {
  const clauses = [{ id: 'truth', binds: 'publishers', title: 'Truth', text: 'Tell it.' }];
  const text = { title, introduction: 'None.', clauses };
  return { en: text, 'zh-Hans': text };
}
