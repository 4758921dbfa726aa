import type { Person } from '@byline/client/timeline/message.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { Dialog } from '../../ui/overlays/Dialog.tsx';
import { useToasts } from '../../ui/overlays/Toast.tsx';
import { useObservable } from '../session/useObservable.ts';
import { useProblemText } from '../session/useProblemText.ts';
import { ChosenPeople } from './ChosenPeople.tsx';
import { useConversation } from './conversation.tsx';
import styles from './InviteDialog.module.css';
import { PeopleSearch } from './PeopleSearch.tsx';
import { PersonChoice } from './PersonChoice.tsx';

/** Chooses people to invite to a group. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('chats');
  const toasts = useToasts();
  const problemText = useProblemText();
  const { conversation } = useConversation();
  const members = useObservable(conversation.members);
  const [people, setPeople] = useState<readonly Person[]>([]);
  const [pending, setPending] = useState(false);

  const toggle = (person: Person): void =>
    setPeople((before) =>
      before.some(({ id }) => id === person.id) ? before.filter(({ id }) => id !== person.id) : [...before, person],
    );
  const invite = async (): Promise<void> => {
    setPending(true);
    try {
      await conversation.invite(people.map(({ id }) => id));
      onClose();
    } catch (error) {
      setPending(false);
      toasts.show({ message: problemText(error), tone: 'problem' });
    }
  };

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('group.invite')}
      actions={
        <>
          <Button tone="quiet" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="strong" pending={pending} disabled={people.length === 0} onClick={() => void invite()}>
            {people.length === 0 ? t('group.invite') : t('group.inviteAction', { count: people.length })}
          </Button>
        </>
      }
    >
      <ChosenPeople people={people} onRemove={toggle} />
      <div className={styles.search}>
        <PeopleSearch without={new Set(members.map(({ id }) => id))}>
          {(person) => (
            <PersonChoice person={person} chosen={people.some(({ id }) => id === person.id)} onToggle={toggle} />
          )}
        </PeopleSearch>
      </div>
    </Dialog>
  );
}
