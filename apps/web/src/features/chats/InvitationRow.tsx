import type { ConversationSummary } from '@byline/client/conversations/summary.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Button } from '../../ui/controls/Button.tsx';
import { useToasts } from '../../ui/overlays/Toast.tsx';
import { useProblemText } from '../session/useProblemText.ts';
import { chatPath } from './chatPath.ts';
import { Face } from './Face.tsx';
import styles from './InvitationRow.module.css';
import { useTalk } from './useTalk.ts';
import { useWording } from './wording.ts';

/** An invitation: who asks, and to what; one accepts or declines. */
export function InvitationRow({ conversation }: { conversation: ConversationSummary }) {
  const { t } = useTranslation('chats');
  const { conversations } = useTalk();
  const wording = useWording();
  const toasts = useToasts();
  const problemText = useProblemText();
  const [, navigate] = useLocation();
  const [pending, setPending] = useState<'accept' | 'decline'>();
  const { key, kind, name, partner, picture, invitedBy, isNotices } = conversation;
  const title = wording.name(name);

  const answer = async (how: 'accept' | 'decline'): Promise<void> => {
    setPending(how);
    try {
      await conversations[how](key);
      if (how === 'accept') navigate(chatPath(key));
    } catch (error) {
      setPending(undefined);
      toasts.show({ message: problemText(error), tone: 'problem', tryAgain: () => void answer(how) });
    }
  };

  return (
    <div className={styles.invitation}>
      <Face name={title} id={partner ?? key} picture={picture} />
      <div className={styles.body}>
        <p className={styles.title}>{title}</p>
        <p className={styles.text}>
          {isNotices && t('invitation.notices')}
          {!isNotices && kind === 'direct' && t('invitation.direct', { userId: partner })}
          {!isNotices && kind === 'group' && t('invitation.group', { name: invitedBy?.name ?? '' })}
        </p>
        <div className={styles.actions}>
          <Button size="s" tone="strong" pending={pending === 'accept'} onClick={() => void answer('accept')}>
            {isNotices ? t('invitation.read') : t('invitation.accept')}
          </Button>
          {!isNotices && (
            <Button size="s" tone="quiet" pending={pending === 'decline'} onClick={() => void answer('decline')}>
              {t('invitation.decline')}
            </Button>
          )}
        </div>
      </div>
    </div>
  );
}
