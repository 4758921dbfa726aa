import type { Poll } from '@byline/client/polls/poll-content.ts';
import type { PollStanding } from '@byline/client/polls/standing.ts';
import type { Person } from '@byline/client/timeline/message.ts';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/overlays/Dialog.tsx';
import { useWording } from '../wording.ts';
import styles from './PollCard.module.css';

const namesOf = (people: readonly Person[]): readonly string[] => people.map(({ name }) => name);

/** Who chose what, where that is open; who has answered; and for whom one waits. */
export function PollVoters({ poll, standing, onClose }: { poll: Poll; standing: PollStanding; onClose: () => void }) {
  const { t } = useTranslation('chats');
  const wording = useWording();
  const { results = [], answered, waiting } = standing;
  const byOption = results.flatMap(({ id, voters }) => {
    const option = poll.options.find((each) => each.id === id)?.text;
    return voters.length === 0 || option === undefined ? [] : [{ id, option, names: wording.list(namesOf(voters)) }];
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('poll.who')} description={poll.question}>
      <ul className={styles.voters}>
        {byOption.map(({ id, option, names }) => (
          <li key={id}>{t('poll.by', { option, names })}</li>
        ))}
        {byOption.length === 0 && (
          <li>
            {answered.length === 0 ? t('poll.nobody') : t('poll.done', { names: wording.list(namesOf(answered)) })}
          </li>
        )}
        {waiting.length > 0 && (
          <li className={styles.waiting}>{t('poll.waiting', { names: wording.list(namesOf(waiting)) })}</li>
        )}
      </ul>
    </Dialog>
  );
}
