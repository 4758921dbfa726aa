import type { SeatState } from '@byline/client/session/signed-in.ts';
import { useAccount } from '../session/session.tsx';
import { useObservable } from '../session/useObservable.ts';

/** Whether it is this tab that fetches the news and uses the keys. */
export const useSeat = (): SeatState => useObservable(useAccount().seat);
