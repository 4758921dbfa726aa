import type { Clock } from '../../../platform/clock.ts';
import { codeOfTheDay, dayOf, nextDayAfter } from './code-of-the-day.ts';
import type { Way } from './way.ts';

/** Documents that a reviewer looks at. They come as evidence; what is begun here is the video, with the code of the day. */
export const makeDocuments = ({
  secret,
  clock,
}: {
  readonly secret: string;
  readonly clock: Clock;
}): Way<'documents'> => ({
  id: 'documents',
  readiness: () => Promise.resolve('on'),
  begin: ({ application }) => {
    const now = clock.now();
    const code = codeOfTheDay(secret, application.application_id, dayOf(now));
    return Promise.resolve({ way: 'documents', code, next_code_at: nextDayAfter(now) });
  },
  finish: () => Promise.resolve(() => Promise.resolve(null)),
});
