import type { PublicAccount } from '@byline/protocol/byline/accounts.ts';
import type { ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../ui/time/formats.ts';
import { AccountAvatar } from './AccountAvatar.tsx';
import { AccountSeal } from './AccountSeal.tsx';
import { useLabelTexts } from './useLabelTexts.ts';
import styles from './Masthead.module.css';

export interface MastheadProps {
  readonly account: PublicAccount;
  /** What one can do with the account. */
  readonly actions?: ReactNode;
  readonly ref?: Ref<HTMLElement>;
}

/** An account's name, as a paper has it above its first page. */
export function Masthead({ account, actions, ref }: MastheadProps) {
  const { t } = useTranslation('account');
  const { compactNumber } = useFormats();
  const labelTexts = useLabelTexts();
  const { name, handle, description, subscribers, qualification } = account;
  return (
    <header ref={ref} className={styles.masthead}>
      <AccountAvatar account={account} size={96} />
      <div className={styles.about}>
        <p className={styles.name}>
          {name}{' '}
          <span className={styles.seal}>
            <AccountSeal account={account} />
          </span>
        </p>
        <p className={styles.facts}>
          <span>@{handle}</span>
          {qualification && <span>{t(`categories.${qualification.category}`)}</span>}
          <span>
            {subscribers > 0
              ? t('followers', { count: subscribers, shown: compactNumber(subscribers) })
              : t('followersFew')}
          </span>
        </p>
        {qualification?.label && <p className={styles.label}>{labelTexts(qualification.label).name}</p>}
      </div>
      {description !== '' && <p className={styles.description}>{description}</p>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}
