import { Desk } from '@byline/client/review/desk.ts';
import type { StaffRole } from '@byline/protocol/byline/staff-role.ts';
import { useAccount } from '../session/session.tsx';
import { useObservable } from '../session/useObservable.ts';

/** Where the person works for the provider. */
export const useDesk = (): Desk => Desk.of(useAccount());

/** What the person may do here; nothing until it is known. */
export const useRoles = (): readonly StaffRole[] => useObservable(useAccount().me).value?.roles ?? [];
