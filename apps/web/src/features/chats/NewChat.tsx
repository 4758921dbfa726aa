import { startDirect } from '@byline/client/conversations/start.ts';
import type { Person } from '@byline/client/timeline/message.ts';
import { ChevronRight, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Pane } from '../../ui/layout/Pane.tsx';
import { ListRow } from '../../ui/lists/ListRow.tsx';
import { useToasts } from '../../ui/overlays/Toast.tsx';
import { useAccount } from '../session/session.tsx';
import { useProblemText } from '../session/useProblemText.ts';
import { chatPath } from './chatPath.ts';
import { Face } from './Face.tsx';
import styles from './NewChat.module.css';
import { PeopleSearch } from './PeopleSearch.tsx';
import { useTalk } from './useTalk.ts';

/** Finds somebody to talk with: `/chats/new`. */
export function NewChat() {
  const { t } = useTranslation('chats');
  const { api, userId } = useAccount();
  const { conversations } = useTalk();
  const toasts = useToasts();
  const problemText = useProblemText();
  const [, navigate] = useLocation();
  const [opening, setOpening] = useState<string>();

  const open = async ({ id }: Person): Promise<void> => {
    if (opening !== undefined) return;
    setOpening(id);
    try {
      navigate(chatPath(await startDirect(api, conversations, id)), { replace: true });
    } catch (error) {
      toasts.show({ message: problemText(error), tone: 'problem' });
    } finally {
      setOpening(undefined);
    }
  };

  return (
    <Pane title={t('new.title')} backTo="/chats" body="fill">
      <div className={styles.page}>
        <ListRow
          href="/chats/new-group"
          leading={
            <span className={styles.icon}>
              <UsersRound aria-hidden="true" />
            </span>
          }
          title={t('new.group')}
          text={t('new.groupHint')}
          trailing={<ChevronRight className={styles.arrow} aria-hidden="true" />}
        />
        <div className={styles.people}>
          <PeopleSearch without={new Set([userId])}>
            {(person) => (
              <ListRow
                onPress={() => void open(person)}
                leading={<Face name={person.name} id={person.id} picture={person.picture} />}
                title={person.name}
                text={person.id === opening ? t('new.opening') : person.id}
              />
            )}
          </PeopleSearch>
        </div>
      </div>
    </Pane>
  );
}
