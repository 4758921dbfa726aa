import type { Content } from '../messages/content.ts';
import type { PollStanding } from '../polls/standing.ts';
import type { ThreadSummary } from '../threads/summary.ts';

export interface Person {
  readonly id: string;
  readonly name: string;
  /** `mxc://…` */
  readonly picture?: string | undefined;
}

/** Where what one sent stands: see `SendState` in the web app. */
export type SendState = 'sending' | 'sent' | 'read' | 'failed';

/** What a message answers. `content` is missing while it is fetched. */
export interface Quote {
  readonly id: string;
  readonly sender?: Person | undefined;
  readonly content?: Content | undefined;
}

export interface Reaction {
  readonly emoji: string;
  readonly count: number;
  readonly own: boolean;
  /** The names of those who reacted, for who asks. */
  readonly names: readonly string[];
}

export interface Message {
  /** The same from the moment it is sent: see `keyOf`. */
  readonly key: string;
  /** Its event; a local one until it is sent. */
  readonly id: string;
  readonly sender: Person;
  readonly own: boolean;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly content: Content;
  readonly edited: boolean;
  readonly quote?: Quote | undefined;
  readonly reactions: readonly Reaction[];
  /** The thread that begins with it, where that is not what one reads. */
  readonly thread?: ThreadSummary | undefined;
  /** Where it stands, of a poll. */
  readonly poll?: PollStanding | undefined;
  /** Of what one sent oneself. */
  readonly state?: SendState | undefined;
  /** What may be done with it. */
  readonly mayEdit: boolean;
  readonly mayDelete: boolean;
  /** While its file goes up: how much has gone, from 0 to 1. */
  readonly progress?: number | undefined;
}
