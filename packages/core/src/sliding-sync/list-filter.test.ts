import { expect, test } from 'vitest';
import { type ListedRoom, type ListFilter, passesList } from './list-filter.ts';

const PLAIN = {
  isDm: false,
  isEncrypted: false,
  isInvited: false,
  roomType: null as string | null,
  tags: new Set<string>(),
  space: undefined as string | undefined,
};

const roomOf = (facts: Partial<typeof PLAIN>): ListedRoom => {
  const { space, ...room } = { ...PLAIN, ...facts };
  return { ...room, isInSpace: (spaces) => space !== undefined && spaces.includes(space) };
};

test.each<[name: string, filter: ListFilter, room: Partial<typeof PLAIN>, passes: boolean]>([
  ['no filter, any room', {}, { isDm: true, isInvited: true }, true],
  ['direct, a direct room', { isDm: true }, { isDm: true }, true],
  ['direct, another room', { isDm: true }, {}, false],
  ['not direct, a direct room', { isDm: false }, { isDm: true }, false],
  ['not direct, another room', { isDm: false }, {}, true],
  ['encrypted, an encrypted room', { isEncrypted: true }, { isEncrypted: true }, true],
  ['encrypted, an open room', { isEncrypted: true }, {}, false],
  ['not encrypted, an encrypted room', { isEncrypted: false }, { isEncrypted: true }, false],
  ['invitations, an invitation', { isInvited: true }, { isInvited: true }, true],
  ['invitations, a room', { isInvited: true }, {}, false],
  ['no invitations, an invitation', { isInvited: false }, { isInvited: true }, false],
  ['no type, a room', { roomTypes: [null] }, {}, true],
  ['no type, a space', { roomTypes: [null] }, { roomType: 'm.space' }, false],
  ['spaces, a space', { roomTypes: ['m.space'] }, { roomType: 'm.space' }, true],
  ['spaces and rooms, a room', { roomTypes: ['m.space', null] }, {}, true],
  ['no types at all', { roomTypes: [] }, {}, false],
  ['no spaces, a room', { notRoomTypes: ['m.space'] }, {}, true],
  ['no spaces, a space', { notRoomTypes: ['m.space'] }, { roomType: 'm.space' }, false],
  [
    'a type that is wanted and not wanted',
    { roomTypes: ['m.space'], notRoomTypes: ['m.space'] },
    { roomType: 'm.space' },
    false,
  ],
  ['one of two tags', { tags: ['a', 'b'] }, { tags: new Set(['b']) }, true],
  ['none of the tags', { tags: ['a'] }, { tags: new Set(['b']) }, false],
  ['a tag that is not wanted', { tags: ['a'], notTags: ['b'] }, { tags: new Set(['a', 'b']) }, false],
  ['without tags', { notTags: ['b'] }, {}, true],
  ['in one of two spaces', { spaces: ['!x', '!y'] }, { space: '!y' }, true],
  ['in another space', { spaces: ['!x'] }, { space: '!y' }, false],
  ['direct and encrypted, only direct', { isDm: true, isEncrypted: true }, { isDm: true }, false],
])('%s', (_name, filter, room, passes) => {
  expect(passesList(filter, roomOf(room))).toBe(passes);
});
