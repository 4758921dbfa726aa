import { CATEGORIES } from '@byline/protocol/byline/identity.ts';
import type { Category } from '@byline/protocol/byline/identity.ts';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Hidden } from '../../ui/style/Hidden.tsx';
import styles from './CategoryChoice.module.css';

/** What the accounts are about; all in one line that is drawn aside with the finger or the arrow keys. */
export function CategoryChoice({
  value,
  onChange,
}: {
  value: Category | undefined;
  onChange: (category: Category | undefined) => void;
}) {
  const { t } = useTranslation(['discover', 'account']);
  const name = useId();
  const choice = (category: Category | undefined, label: string) => (
    <label key={category ?? 'all'} className={styles.chip}>
      <input
        type="radio"
        name={name}
        className={styles.input}
        checked={category === value}
        onChange={() => onChange(category)}
      />
      {label}
    </label>
  );
  return (
    <fieldset className={styles.group}>
      <legend>
        <Hidden>{t('category')}</Hidden>
      </legend>
      <div className={styles.line}>
        {choice(undefined, t('all'))}
        {CATEGORIES.map((category) => choice(category, t(`account:categories.${category}`)))}
      </div>
    </fieldset>
  );
}
