import { CircleCheck, CircleDashed } from 'lucide-react';
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { storedChoice, useChoice } from '../preferences/choice.ts';
import { useObservable } from '../session/useObservable.ts';
import { useDesk } from './useDesk.ts';
import styles from './FirstRun.module.css';

const rulesRead = storedChoice<'yes' | 'no'>('byline.desk.rules-read', ['yes', 'no'], 'no');

/** What a new provider still has to do, until all of it is done. */
export function FirstRun() {
  const { t, i18n } = useTranslation('provider');
  const { reviewersKey, staff } = useDesk();
  const key = useObservable(reviewersKey);
  const members = useObservable(staff.members).value;
  const isRead = useChoice(rulesRead) === 'yes';
  if (key.state === 'loading' || members === undefined) return null;
  const hasReviewer = members.some(({ roles }) => roles.some(({ role }) => role === 'reviewer'));
  const hasKey = key.value !== undefined;
  if (hasKey && hasReviewer && isRead) return null;
  const rules = `/_byline/rules/1/${i18n.language}`;
  return (
    <section className={styles.list} aria-labelledby="first-run">
      <h2 id="first-run" className={styles.title}>
        {t('firstRun.title')}
      </h2>
      <ol className={styles.items}>
        <Item isDone={hasKey} href="/desk/key" name={t('firstRun.key')} why={t('firstRun.keyWhy')} />
        <Item isDone={hasReviewer} href="/desk/staff" name={t('firstRun.reviewer')} why={t('firstRun.reviewerWhy')} />
        <Item
          isDone={isRead}
          href={rules}
          name={t('firstRun.rules')}
          why={t('firstRun.rulesWhy')}
          onOpen={() => rulesRead.write('yes')}
        />
      </ol>
    </section>
  );
}

interface ItemProps {
  readonly isDone: boolean;
  readonly href: string;
  readonly name: string;
  readonly why: string;
  /** For a page that is not of this app. */
  readonly onOpen?: (event: MouseEvent) => void;
}

function Item({ isDone, href, name, why, onOpen }: ItemProps) {
  const { t } = useTranslation('provider');
  const Icon = isDone ? CircleCheck : CircleDashed;
  return (
    <li className={styles.item} data-done={isDone || undefined}>
      <Icon role="img" aria-label={isDone ? t('firstRun.done') : t('firstRun.open')} />
      <div>
        {onOpen ? (
          <a href={href} target="_blank" rel="noreferrer" className={styles.link} onClick={onOpen}>
            {name}
          </a>
        ) : (
          <Link href={href} className={styles.link}>
            {name}
          </Link>
        )}
        {!isDone && <p className={styles.why}>{why}</p>}
      </div>
    </li>
  );
}
