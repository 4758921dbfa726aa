import { useTranslation } from 'react-i18next';
import { useNow } from '../../ui/time/clock.tsx';
import { useWaiting } from './useWaiting.ts';

/** How much time is left until something is due, or by how much it is late. */
export function useDue(dueAt: number): { readonly text: string; readonly isLate: boolean } {
  const { t } = useTranslation('desk');
  const span = useWaiting();
  const now = useNow();
  if (dueAt > now) return { text: t('queue.left', { time: span(now, dueAt) }), isLate: false };
  return { text: t('queue.late', { time: span(dueAt, now) }), isLate: true };
}
