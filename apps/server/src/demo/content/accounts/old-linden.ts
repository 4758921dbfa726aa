import { day } from '../../telling/when.ts';
import type { AccountStory } from '../words.ts';

/** It waits for review. */
export const OLD_LINDEN: AccountStory = {
  handle: 'old-linden',
  name: 'Old Linden',
  kind: 'individual',
  category: 'culture',
  description:
    'What this harbour looked like, who built it, and what they argued about. One photograph a week, with its story, from a retired lighthouse keeper who has kept everything.',
  owner: 'piet',
  operators: [],
  picture: 'oldLinden',
  identity: {
    legal_name: 'Pieter Cornelis Janssen',
    document_kind: 'identity-card',
    document_number: 'LI-4471-209',
    country: 'NL',
  },
  paper: 'cardOfPiet',
  applies: day(2, '17:20'),
  decisions: [],
  posts: [],
};
