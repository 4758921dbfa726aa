import type { LazyMembers } from '../writing/lazy-members.ts';

/** What one device of a user has been told. It is in memory alone: who is told once more is not harmed. */
export class DeviceView {
  /** Up to where it has been told who types. */
  typingTold = 0;
  /** Up to which change it has been told who is there; `undefined`: it has not been told at all. */
  presenceTold: number | undefined;
  /** Which members it has been told of, if it is lazy. */
  lazyMembers: LazyMembers | undefined;
}
