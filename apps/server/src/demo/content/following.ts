import type { PersonId } from './people.ts';

type ByPerson<Value> = Readonly<Partial<Record<PersonId, Value>>>;

/** Everybody follows every account that publishes: it is a small town. These are the differences. */
export interface Following {
  readonly muted?: ByPerson<readonly string[]>;
  /** How many of an account's last posts somebody has not read. */
  readonly unread?: ByPerson<Readonly<Record<string, number>>>;
}

export const FOLLOWING: Following = {
  muted: { mira: ['clinic'], tom: ['cityhall'] },
  unread: {
    mira: { courier: 2, cityhall: 1 },
    xiaoman: { courier: 3, clinic: 1 },
    aisha: { cityhall: 2 },
  },
};
