import { CITY_HALL } from './accounts/city-hall.ts';
import { CLINIC } from './accounts/clinic.ts';
import { COURIER } from './accounts/courier.ts';
import { OLD_LINDEN } from './accounts/old-linden.ts';
import type { AccountStory } from './words.ts';

export const ACCOUNTS: readonly AccountStory[] = [CITY_HALL, COURIER, CLINIC, OLD_LINDEN];
