import { expect, test } from 'vitest';
import {
  combineConfigs,
  isLazy,
  isWanted,
  type RequiredState,
  selectState,
  type StateIndex,
} from './required-state.ts';

const STATE: readonly (readonly [type: string, stateKey: string])[] = [
  ['m.room.create', ''],
  ['m.room.name', ''],
  ['m.room.member', '@ada'],
  ['m.room.member', '@bob'],
  ['m.space.child', '!x'],
  ['m.space.child', '!y'],
  ['org.note', '@ada'],
];

const index: StateIndex<string> = {
  entry: (type, stateKey) =>
    STATE.some(([ofType, key]) => ofType === type && key === stateKey) ? `${type} ${stateKey}`.trim() : undefined,
  entriesOf: (type) =>
    STATE.filter(([ofType]) => ofType === type).map(([, key]) => [key, `${type} ${key}`.trim()] as const),
  types: () => new Set(STATE.map(([type]) => type)),
};

const wanting = (parts: Partial<RequiredState>): RequiredState => ({
  include: [],
  exclude: [],
  lazyMembers: false,
  ...parts,
});

const EVERYTHING = {};
const CREATE = { type: 'm.room.create', stateKey: '' };
const MEMBERS = { type: 'm.room.member' };
const ADA = { type: 'm.room.member', stateKey: '@ada' };
const ALL = STATE.map(([type, stateKey]) => `${type} ${stateKey}`.trim());
const NO_MEMBERS = ALL.filter((name) => !name.startsWith('m.room.member'));

test.each<[name: string, wanted: Partial<RequiredState>[], selected: readonly string[]]>([
  ['nothing', [{}], []],
  ['no config at all', [], []],
  ['one event', [{ include: [CREATE] }], ['m.room.create']],
  ['what is not there', [{ include: [{ type: 'm.room.topic', stateKey: '' }] }], []],
  ['a type', [{ include: [{ type: 'm.space.child' }] }], ['m.space.child !x', 'm.space.child !y']],
  ['a state key of any type', [{ include: [{ stateKey: '@ada' }] }], ['m.room.member @ada', 'org.note @ada']],
  ['everything', [{ include: [EVERYTHING] }], ALL],
  ['everything but one', [{ include: [EVERYTHING], exclude: [CREATE] }], ALL.slice(1)],
  ['everything but a type', [{ include: [EVERYTHING], exclude: [MEMBERS] }], NO_MEMBERS],
  ['everything, members lazily', [{ include: [EVERYTHING], lazyMembers: true }], NO_MEMBERS],
  ['members lazily', [{ include: [MEMBERS], lazyMembers: true }], []],
  [
    'everything, members lazily but one',
    [{ include: [EVERYTHING, ADA], lazyMembers: true }],
    [...NO_MEMBERS, 'm.room.member @ada'],
  ],
  ['the same twice', [{ include: [CREATE, CREATE] }], ['m.room.create']],
  ['two configs', [{ include: [CREATE] }, { include: [ADA] }], ['m.room.create', 'm.room.member @ada']],
  [
    'what one excludes and the other wants',
    [{ include: [CREATE, ADA], exclude: [CREATE] }, { include: [CREATE] }],
    ['m.room.member @ada', 'm.room.create'],
  ],
  [
    'members lazily, and all of them',
    [{ include: [MEMBERS], lazyMembers: true }, { include: [MEMBERS] }],
    ['m.room.member @ada', 'm.room.member @bob'],
  ],
])('%s', (_name, parts, selected) => {
  const wanted = parts.map(wanting);
  expect([...selectState(wanted, index)].toSorted()).toEqual(selected.toSorted());
  const byName = STATE.filter(([type, stateKey]) => isWanted(wanted, type, stateKey));
  expect(byName.map(([type, stateKey]) => `${type} ${stateKey}`.trim()).toSorted()).toEqual(selected.toSorted());
});

test.each<[name: string, wanted: Partial<RequiredState>[], lazy: boolean]>([
  ['nobody', [{}], false],
  ['one', [{ lazyMembers: true }, {}], true],
  ['one, another wants one member', [{ lazyMembers: true }, { include: [ADA] }], true],
  ['one, another wants all members', [{ lazyMembers: true }, { include: [MEMBERS] }], false],
  ['one, another wants everything', [{ lazyMembers: true }, { include: [EVERYTHING] }], false],
  ['both, and everything', [{ lazyMembers: true, include: [EVERYTHING] }, { lazyMembers: true }], true],
])('members come as they speak if it is asked by %s', (_name, parts, lazy) => {
  expect(isLazy(parts.map(wanting))).toBe(lazy);
});

test('a room that several ask for gets what any of them wants', () => {
  const list = { timelineLimit: 1, requiredState: [wanting({ include: [CREATE] })] };
  const subscription = { timelineLimit: 20, requiredState: [wanting({ include: [ADA] })] };
  expect(combineConfigs([list])).toBe(list);
  expect(combineConfigs([list, subscription])).toEqual({
    timelineLimit: 20,
    requiredState: [...list.requiredState, ...subscription.requiredState],
  });
});
