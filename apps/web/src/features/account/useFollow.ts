import type { PublicAccount } from '@byline/protocol/byline/accounts.ts';
import { useTranslation } from 'react-i18next';
import { useToasts } from '../../ui/overlays/Toast.tsx';
import type { ToastNotice } from '../../ui/overlays/Toast.tsx';
import { useProblemText } from '../session/useProblemText.ts';
import { usePublicAccounts } from './usePublicAccounts.ts';

interface Follow {
  readonly follow: () => void;
  readonly mute: () => void;
  readonly unmute: () => void;
  readonly unfollow: () => void;
}

/** To follow an account, or not; what takes something away can be undone. */
export function useFollow({ handle, name, subscription }: PublicAccount): Follow {
  const { t } = useTranslation('account');
  const { subscriptions } = usePublicAccounts();
  const { show } = useToasts();
  const problemText = useProblemText();

  const attempt = async (act: () => Promise<void>, done?: ToastNotice): Promise<void> => {
    try {
      await act();
      if (done !== undefined) show(done);
    } catch (error) {
      show({ message: problemText(error), tone: 'problem', tryAgain: () => void attempt(act, done) });
    }
  };
  const followMuted = (muted: boolean) => () => subscriptions.follow(handle, { muted });
  const wasMuted = subscription?.muted ?? false;

  return {
    follow: () => void attempt(followMuted(false)),
    mute: () =>
      void attempt(followMuted(true), {
        message: t('follow.muted', { name }),
        undo: () => void attempt(followMuted(false)),
      }),
    unmute: () => void attempt(followMuted(false)),
    unfollow: () =>
      void attempt(() => subscriptions.unfollow(handle), {
        message: t('follow.unfollowed', { name }),
        undo: () => void attempt(followMuted(wasMuted)),
      }),
  };
}
