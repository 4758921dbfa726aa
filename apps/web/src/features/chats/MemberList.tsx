import type { Member } from '@byline/client/talk/members.ts';
import { UserRoundMinus, UserRoundPlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { IconButton } from '../../ui/controls/IconButton.tsx';
import { ListRow } from '../../ui/lists/ListRow.tsx';
import { Dialog } from '../../ui/overlays/Dialog.tsx';
import { useToasts } from '../../ui/overlays/Toast.tsx';
import { useObservable } from '../session/useObservable.ts';
import { useProblemText } from '../session/useProblemText.ts';
import { useConversation } from './conversation.tsx';
import { Face } from './Face.tsx';
import { InviteDialog } from './InviteDialog.tsx';
import styles from './MemberList.module.css';

/** Who is in a group and who is invited; who may, invites and removes. */
export function MemberList() {
  const { t } = useTranslation('chats');
  const { conversation } = useConversation();
  const members = useObservable(conversation.members);
  const { mayInvite } = useObservable(conversation.rights);
  const [isInviting, setIsInviting] = useState(false);
  const [removing, setRemoving] = useState<Member>();
  return (
    <section aria-labelledby="members">
      <div className={styles.head}>
        <h2 id="members" className={styles.title}>
          {t('members', { count: members.filter(({ isInvited }) => !isInvited).length })}
        </h2>
        {mayInvite && (
          <Button size="s" icon={<UserRoundPlus />} onClick={() => setIsInviting(true)}>
            {t('group.invite')}
          </Button>
        )}
      </div>
      <ul className={styles.members}>
        {members.map((member) => (
          <li key={member.key} className={styles.member}>
            <ListRow
              leading={<Face name={member.name} id={member.id} picture={member.picture} size={40} />}
              title={member.isSelf ? t('group.self', { name: member.name }) : member.name}
              text={member.id}
              meta={statusOf(member, t)}
            />
            {member.mayRemove && (
              <IconButton
                label={t('group.remove', { name: member.name })}
                icon={<UserRoundMinus />}
                onClick={() => setRemoving(member)}
              />
            )}
          </li>
        ))}
      </ul>
      {isInviting && <InviteDialog onClose={() => setIsInviting(false)} />}
      {removing && <RemoveDialog member={removing} onClose={() => setRemoving(undefined)} />}
    </section>
  );
}

const statusOf = (
  { isInvited, isAdministrator }: Member,
  t: (key: 'group.invited' | 'group.administrator') => string,
): string | undefined => {
  if (isInvited) return t('group.invited');
  return isAdministrator ? t('group.administrator') : undefined;
};

function RemoveDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { t } = useTranslation('chats');
  const toasts = useToasts();
  const problemText = useProblemText();
  const { conversation } = useConversation();
  const remove = async (): Promise<void> => {
    onClose();
    try {
      await conversation.remove(member.id);
    } catch (error) {
      toasts.show({ message: problemText(error), tone: 'problem', tryAgain: () => void remove() });
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('group.remove', { name: member.name })}
      description={t('group.removeText', { name: member.name })}
      actions={
        <>
          <Button tone="quiet" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="danger" onClick={() => void remove()}>
            {t('group.removeAction')}
          </Button>
        </>
      }
    />
  );
}
