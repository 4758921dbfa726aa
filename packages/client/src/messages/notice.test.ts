import { expect, it } from 'vitest';
import { noticeOf } from './notice.ts';

const ANNA = '@anna:town';
const BEN = '@ben:town';
const member = (sender: string, stateKey: string, content: object, before: object) =>
  noticeOf({ type: 'm.room.member', sender, stateKey, content: { ...content }, before: { ...before } });
const is = (membership: string) => ({ membership });

it.each([
  ['joins', member(ANNA, ANNA, is('join'), is('invite')), { kind: 'joined', whom: [ANNA] }],
  ['leaves', member(ANNA, ANNA, is('leave'), is('join')), { kind: 'left', who: ANNA }],
  ['does not come', member(ANNA, ANNA, is('leave'), is('invite')), { kind: 'declined', who: ANNA }],
  ['invites', member(ANNA, BEN, is('invite'), {}), { kind: 'invited', who: ANNA, whom: [BEN] }],
  [
    'takes the invitation back',
    member(ANNA, BEN, is('leave'), is('invite')),
    { kind: 'uninvited', who: ANNA, whom: BEN },
  ],
  ['removes', member(ANNA, BEN, is('leave'), is('join')), { kind: 'removed', who: ANNA, whom: BEN }],
  ['bans', member(ANNA, BEN, is('ban'), is('join')), { kind: 'banned', who: ANNA, whom: BEN }],
  ['lifts a ban', member(ANNA, BEN, is('leave'), is('ban')), { kind: 'unbanned', who: ANNA, whom: BEN }],
  [
    'has another name',
    member(ANNA, ANNA, { membership: 'join', displayname: 'Anna B.' }, { membership: 'join', displayname: 'Anna' }),
    { kind: 'called', who: ANNA, name: 'Anna B.' },
  ],
  ['has another picture', member(ANNA, ANNA, { membership: 'join', avatar_url: 'mxc://a/b' }, is('join')), undefined],
])('somebody %s', (_, notice, expected) => expect(notice).toEqual(expected));

it.each([
  ['m.room.create', {}, {}, { kind: 'created', who: ANNA }],
  ['m.room.name', { name: 'Choir' }, {}, { kind: 'named', who: ANNA, name: 'Choir' }],
  ['m.room.name', { name: 'Choir' }, { name: 'Choir' }, undefined],
  ['m.room.avatar', { url: 'mxc://a/b' }, {}, { kind: 'pictured', who: ANNA }],
  ['m.room.encryption', { algorithm: 'm.megolm.v1.aes-sha2' }, {}, { kind: 'encrypted', who: ANNA }],
  ['m.room.pinned_events', { pinned: ['$1', '$2'] }, { pinned: ['$1'] }, { kind: 'pinned', who: ANNA }],
  ['m.room.pinned_events', { pinned: ['$1'] }, { pinned: ['$1', '$2'] }, undefined],
  ['m.room.power_levels', { users: {} }, {}, undefined],
])('%s %j', (type, content, before, expected) =>
  expect(noticeOf({ type, sender: ANNA, stateKey: '', content: { ...content }, before: { ...before } })).toEqual(
    expected,
  ),
);
