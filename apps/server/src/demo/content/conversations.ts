import { AT_WORK } from './conversations/at-work.ts';
import { BENCH_WATCH } from './conversations/bench-watch.ts';
import { CHOIR } from './conversations/choir.ts';
import { IN_CHINESE } from './conversations/in-chinese.ts';
import { ROPE_STREET } from './conversations/rope-street.ts';
import { SWIMMERS } from './conversations/swimmers.ts';
import { TOM_AND_MIRA } from './conversations/tom-and-mira.ts';
import { WITH_MIRA } from './conversations/with-mira.ts';
import type { ConversationStory } from './words.ts';

export const CONVERSATIONS: readonly ConversationStory[] = [
  SWIMMERS,
  TOM_AND_MIRA,
  BENCH_WATCH,
  ROPE_STREET,
  CHOIR,
  ...WITH_MIRA,
  ...IN_CHINESE,
  ...AT_WORK,
];
