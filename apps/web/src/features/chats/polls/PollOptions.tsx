import type { Poll } from '@byline/client/polls/poll-content.ts';
import type { PollStanding } from '@byline/client/polls/standing.ts';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './PollCard.module.css';

/** What may be chosen, each with how many chose it where that is to be seen; said in words, drawn as a bar. */
export function PollOptions({
  poll,
  standing,
  chosen,
  note,
  onChoose,
}: {
  poll: Poll;
  standing: PollStanding;
  chosen: readonly string[];
  /** How to answer. */
  note: ReactNode;
  onChoose: (id: string, is: boolean) => void;
}) {
  const { t } = useTranslation('chats');
  const id = useId();
  const { results, own, answered, mayVote } = standing;
  const isFull = poll.mostChoices > 1 && chosen.length >= poll.mostChoices;
  return (
    <fieldset
      className={styles.options}
      role={mayVote && poll.mostChoices === 1 ? 'radiogroup' : 'group'}
      aria-describedby={`${id}-note`}
    >
      <legend className={styles.question}>{poll.question}</legend>
      <p id={`${id}-note`} className={styles.note}>
        {note}
      </p>
      {poll.options.map((option) => {
        const result = results?.find((each) => each.id === option.id);
        const isChosen = chosen.includes(option.id);
        const share = result === undefined || answered.length === 0 ? 0 : result.count / answered.length;
        return (
          <label key={option.id} className={styles.option} data-over={!mayVote || undefined}>
            {mayVote && (
              <input
                type={poll.mostChoices === 1 ? 'radio' : 'checkbox'}
                className={styles.input}
                name={id}
                checked={isChosen}
                disabled={isFull && !isChosen}
                onChange={(event) => onChoose(option.id, event.target.checked)}
                // What one has chosen can be taken back; a radio button alone knows no way.
                onClick={() => poll.mostChoices === 1 && isChosen && onChoose(option.id, false)}
              />
            )}
            <span className={styles.words}>
              <span className={styles.text}>{option.text}</span>
              {result && (
                <span className={styles.count} data-leads={(!mayVote && result.leads) || undefined}>
                  {!mayVote && result.leads
                    ? t('poll.leading', { votes: t('poll.votes', { count: result.count }) })
                    : t('poll.votes', { count: result.count })}
                </span>
              )}
              {!mayVote && own.includes(option.id) && <span className={styles.count}>{t('poll.yours')}</span>}
              {result && (
                <span className={styles.bar} aria-hidden="true">
                  <span style={{ inlineSize: `${Math.round(share * 100)}%` }} />
                </span>
              )}
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}
