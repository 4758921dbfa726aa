import type { ApplicationState } from '@byline/protocol/byline/identity.ts';

/** What may be done with an application. */
export type ApplicationAction =
  | 'save'
  | 'submit'
  | 'withdraw'
  | 'claim'
  | 'release'
  | 'hand-over'
  | 'ask'
  | 'answer'
  | 'propose'
  | 'send-back'
  | 'approve'
  | 'ask-for-changes'
  | 'refuse'
  | 'appeal';

type Transitions = Readonly<Partial<Record<ApplicationAction, ApplicationState>>>;

const WAITING: Transitions = { claim: 'in-review', withdraw: 'withdrawn' };
const DONE: Transitions = {};

/** What each action leads to, by the state that the application is in. What is not here can't be done. */
const TRANSITIONS: Readonly<Record<ApplicationState, Transitions>> = {
  draft: { save: 'draft', submit: 'submitted', withdraw: 'withdrawn' },
  submitted: WAITING,
  'in-review': {
    ...WAITING,
    release: 'submitted',
    'hand-over': 'in-review',
    ask: 'question-asked',
    propose: 'submitted',
    'send-back': 'submitted',
    approve: 'approved',
    'ask-for-changes': 'changes-asked',
    refuse: 'refused',
  },
  'question-asked': { answer: 'submitted', withdraw: 'withdrawn' },
  'changes-asked': { save: 'changes-asked', submit: 'submitted', withdraw: 'withdrawn' },
  approved: DONE,
  refused: { appeal: 'submitted' },
  withdrawn: DONE,
};

/** The state after an action; `undefined` where it can't be done. */
export const stateAfter = (state: ApplicationState, action: ApplicationAction): ApplicationState | undefined =>
  TRANSITIONS[state][action];

/** The states in which an action can be done. */
export const statesFor = (action: ApplicationAction): ApplicationState[] =>
  Object.entries(TRANSITIONS)
    .filter(([, transitions]) => transitions[action] !== undefined)
    .map(([state]) => state as ApplicationState);

/** Who is to do something next. */
export type Awaited = 'applicant' | 'reviewer';

const AWAITED: Readonly<Record<ApplicationState, Awaited | undefined>> = {
  draft: 'applicant',
  submitted: 'reviewer',
  'in-review': 'reviewer',
  'question-asked': 'applicant',
  'changes-asked': 'applicant',
  approved: undefined,
  refused: undefined,
  withdrawn: undefined,
};

/** For whom an application waits; `undefined`: for nobody, it was decided or taken back. */
export const waitsFor = (state: ApplicationState): Awaited | undefined => AWAITED[state];
