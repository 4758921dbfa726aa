import type { Poll } from '@byline/client/polls/poll-content.ts';
import type { PollStanding } from '@byline/client/polls/standing.ts';
import type { Message } from '@byline/client/timeline/message.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/controls/Button.tsx';
import { useConversation } from '../conversation.tsx';
import { EndPollDialog } from './EndPollDialog.tsx';
import { PollOptions } from './PollOptions.tsx';
import styles from './PollCard.module.css';
import { PollVoters } from './PollVoters.tsx';

/** A question with what one may choose; what others chose, once that is to be seen. */
export function PollCard({ message, poll }: { message: Message; poll: Poll }) {
  const { t } = useTranslation('chats');
  const { poll: standing } = message;
  if (standing === undefined) return <p className={styles.question}>{poll.question}</p>;
  return (
    <div className={styles.poll}>
      <Choosing key={standing.own.join(' ')} {...{ message, poll, standing }} />
      <p className={styles.note} role={standing.votes === 'counting' ? 'status' : undefined}>
        {standing.votes === 'counting' ? t('poll.counting') : <Answered standing={standing} />}
      </p>
      {standing.locked > 0 && <p className={styles.note}>{t('poll.locked', { count: standing.locked })}</p>}
      <Trouble message={message} standing={standing} />
      <PollActions {...{ message, poll, standing }} />
    </div>
  );
}

interface PollProps {
  readonly message: Message;
  readonly poll: Poll;
  readonly standing: PollStanding;
}

/** What one chooses is sent by a button: with the keyboard one passes by options that one doesn't mean. */
function Choosing({ message, poll, standing }: PollProps) {
  const { t } = useTranslation('chats');
  const { conversation } = useConversation();
  const { own, mayVote, isEnded } = standing;
  const [chosen, setChosen] = useState(own);
  const isChanged = chosen.length !== own.length || chosen.some((id) => !own.includes(id));
  const choose = (id: string, is: boolean): void => {
    if (poll.mostChoices === 1) setChosen(is ? [id] : []);
    else setChosen((before) => (is ? [...before, id] : before.filter((each) => each !== id)));
  };
  return (
    <>
      <PollOptions
        {...{ poll, standing, chosen }}
        note={isEnded ? t('poll.ended') : <HowToAnswer poll={poll} />}
        onChoose={choose}
      />
      {mayVote && isChanged && (
        <Button size="s" tone="strong" wide onClick={() => conversation.polls.vote(message.id, chosen)}>
          {voteWords(t, own, chosen)}
        </Button>
      )}
    </>
  );
}

type Translate = ReturnType<typeof useTranslation<'chats'>>['t'];

function voteWords(t: Translate, own: readonly string[], chosen: readonly string[]): string {
  if (own.length === 0) return t('poll.vote');
  return chosen.length === 0 ? t('poll.withdraw') : t('poll.change');
}

function HowToAnswer({ poll: { mostChoices, isOpen } }: { poll: Poll }) {
  const { t } = useTranslation('chats');
  const how = mostChoices === 1 ? t('poll.one') : t('poll.upTo', { count: mostChoices });
  return isOpen ? how : t('poll.hidden', { how });
}

function Answered({ standing: { answered } }: { standing: PollStanding }) {
  const { t } = useTranslation('chats');
  return answered.length === 0 ? t('poll.nobody') : t('poll.answered', { count: answered.length });
}

/** What is on its way, or did not get through. */
function Trouble({ message, standing: { votes, sending } }: Pick<PollProps, 'message' | 'standing'>) {
  const { t } = useTranslation('chats');
  const { conversation } = useConversation();
  if (sending === 'sending') {
    return (
      <p className={styles.note} role="status">
        {t('poll.sending')}
      </p>
    );
  }
  if (sending === undefined && votes !== 'error') return null;
  return (
    <p className={styles.problem} role="status">
      {sending === 'failed' ? t('poll.unsent') : t('poll.uncounted')}
      <Button size="s" onClick={() => conversation.polls.retry(message.id)}>
        {t('poll.tryAgain')}
      </Button>
    </p>
  );
}

function PollActions({ message, poll, standing }: PollProps) {
  const { t } = useTranslation('chats');
  const [open, setOpen] = useState<'who' | 'end'>();
  const close = (): void => setOpen(undefined);
  return (
    <>
      <div className={styles.actions}>
        <Button size="s" tone="quiet" onClick={() => setOpen('who')}>
          {t('poll.who')}
        </Button>
        {standing.mayEnd && (
          <Button size="s" tone="quiet" onClick={() => setOpen('end')}>
            {t('poll.end')}
          </Button>
        )}
      </div>
      {open === 'who' && <PollVoters poll={poll} standing={standing} onClose={close} />}
      {open === 'end' && <EndPollDialog pollId={message.id} poll={poll} onClose={close} />}
    </>
  );
}
