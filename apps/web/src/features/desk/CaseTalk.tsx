import type { ReviewCase } from '@byline/client/review/review-case.ts';
import { shortUserId } from '@byline/client/provider/staff-list.ts';
import type { Case } from '@byline/protocol/byline/review.ts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { RelativeTime } from '../../ui/time/RelativeTime.tsx';
import { useObservable } from '../session/useObservable.ts';
import { Side } from './Facts.tsx';
import { useSaid } from './useSaid.ts';
import styles from './CaseTalk.module.css';

/** What was said about the case: an appeal, what a colleague proposes, questions and answers, and notes. */
export function CaseTalk({ reviewCase, value }: { reviewCase: ReviewCase; value: Case }) {
  const { t } = useTranslation('desk');
  const opened = useObservable(reviewCase.opened);
  const said = useSaid();
  const { appeal, proposal, messages, notes } = value;
  if (appeal === null && proposal === null && messages.length === 0 && notes.length === 0) return null;
  const answers = opened.state === 'open' ? opened.answers : undefined;
  return (
    <Side title={t('talk.title')}>
      <ul className={styles.talk}>
        {appeal && (
          <Said who={t('talk.appeal')} at={appeal.at}>
            {appeal.reason}
          </Said>
        )}
        {proposal && (
          <Said who={t('talk.proposal', { name: shortUserId(proposal.by) })} at={proposal.at}>
            {said(proposal)}
          </Said>
        )}
        {messages.map((message) => (
          <Said key={message.number} who={t(`talk.${message.by}`)} at={message.at}>
            {message.by === 'reviewer'
              ? said({ template: message.template, reason: message.text })
              : (answers?.get(message.number) ?? t('talk.sealed'))}
          </Said>
        ))}
        {notes.map((note) => (
          <Said key={`${note.at} ${note.by}`} who={t('talk.note', { name: shortUserId(note.by) })} at={note.at}>
            {note.text}
          </Said>
        ))}
      </ul>
    </Side>
  );
}

function Said({ who, at, children }: { who: string; at: number; children: ReactNode }) {
  return (
    <li>
      <p className={styles.who}>
        {who} <RelativeTime at={at} look="full" />
      </p>
      <p className={styles.text}>{children}</p>
    </li>
  );
}
