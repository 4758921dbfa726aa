/** State that is meant by its type and its state key; what is left out means any (MSC4186: `RequiredStateElement`). */
export interface StatePattern {
  readonly type?: string | undefined;
  readonly stateKey?: string | undefined;
}

/** Which state of a room is wanted (MSC4186: `RequiredStateRequest`). */
export interface RequiredState {
  readonly include: readonly StatePattern[];
  readonly exclude: readonly StatePattern[];
  /** Members only as they speak or change, besides those who are included by name. */
  readonly lazyMembers: boolean;
}

/** What is wanted of a room's events and state. */
export interface RoomConfig {
  readonly timelineLimit: number;
  /** What is in any of these is wanted. */
  readonly requiredState: readonly RequiredState[];
}

/** A room's present state, as it can be looked up. */
export interface StateIndex<Entry> {
  readonly entry: (type: string, stateKey: string) => Entry | undefined;
  /** All that stands under a type, by state key. */
  readonly entriesOf: (type: string) => Iterable<readonly [stateKey: string, entry: Entry]>;
  readonly types: () => Iterable<string>;
}

const MEMBER = 'm.room.member';

/** One config for a room that several ask for: all that any of them wants (MSC4186: "Combining room configs"). */
export const combineConfigs = (configs: readonly RoomConfig[]): RoomConfig => {
  const [first] = configs;
  if (configs.length === 1 && first !== undefined) return first;
  return {
    timelineLimit: Math.max(0, ...configs.map(({ timelineLimit }) => timelineLimit)),
    requiredState: configs.flatMap(({ requiredState }) => requiredState),
  };
};

/** Whether members come as they speak: somebody asks for that, and nobody for all of them. */
export const isLazy = (wanted: readonly RequiredState[]): boolean =>
  wanted.some(({ lazyMembers }) => lazyMembers) && !wanted.some(isOfAllMembers);

/** Whether state is wanted, leaving aside the members that come as they speak. */
export const isWanted = (wanted: readonly RequiredState[], type: string, stateKey: string): boolean =>
  wanted.some((one) => includes(one, type, stateKey));

/** All the present state that is wanted, each once, leaving aside the members that come as they speak. */
export const selectState = <Entry>(wanted: readonly RequiredState[], state: StateIndex<Entry>): Set<Entry> => {
  const selected = new Set<Entry>();
  for (const one of wanted) {
    for (const pattern of one.include) {
      for (const [type, stateKey, entry] of meantBy(pattern, state)) {
        if (includes(one, type, stateKey)) selected.add(entry);
      }
    }
  }
  return selected;
};

function* meantBy<Entry>(
  { type, stateKey }: StatePattern,
  state: StateIndex<Entry>,
): Generator<readonly [type: string, stateKey: string, entry: Entry]> {
  for (const ofType of type === undefined ? state.types() : [type]) {
    if (stateKey === undefined) {
      for (const [key, entry] of state.entriesOf(ofType)) yield [ofType, key, entry];
    } else {
      const entry = state.entry(ofType, stateKey);
      if (entry !== undefined) yield [ofType, stateKey, entry];
    }
  }
}

const includes = ({ include, exclude, lazyMembers }: RequiredState, type: string, stateKey: string): boolean => {
  const byName = lazyMembers && type === MEMBER;
  const isMeant = include.some(
    (pattern) => matches(pattern, type, stateKey) && (!byName || pattern.stateKey !== undefined),
  );
  return isMeant && !exclude.some((pattern) => matches(pattern, type, stateKey));
};

const matches = (pattern: StatePattern, type: string, stateKey: string): boolean =>
  (pattern.type === undefined || pattern.type === type) &&
  (pattern.stateKey === undefined || pattern.stateKey === stateKey);

const isOfAllMembers = ({ include, lazyMembers }: RequiredState): boolean =>
  !lazyMembers && include.some(({ type, stateKey }) => stateKey === undefined && (type ?? MEMBER) === MEMBER);
