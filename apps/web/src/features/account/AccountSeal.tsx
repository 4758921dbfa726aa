import type { PublicAccount, Qualification } from '@byline/protocol/byline/accounts.ts';
import { useTranslation } from 'react-i18next';
import { Seal } from '../../ui/identity/Seal.tsx';
import type { SealProps } from '../../ui/identity/Seal.tsx';
import { useFormats } from '../../ui/time/formats.ts';
import { SEAL_KINDS } from './sealKind.ts';
import { useLabelTexts } from './useLabelTexts.ts';
import styles from './AccountSeal.module.css';

type Account = Pick<PublicAccount, 'handle' | 'qualification'>;

/** The seal of an account that may publish, inside a row that is a link itself; nothing for any other. */
export function AccountMark({ account, size = 's' }: { account: Account; size?: SealProps['size'] }) {
  if (account.qualification === null) return null;
  return <Seal kind={SEAL_KINDS[account.qualification.kind]} size={size} />;
}

/** The seal, which says when it is pressed what was checked, how, when, until when, and which label was given. */
export function AccountSeal({ account, size = 'm' }: { account: Account; size?: SealProps['size'] }) {
  const { qualification, handle } = account;
  if (qualification === null) return null;
  return (
    <Seal
      kind={SEAL_KINDS[qualification.kind]}
      size={size}
      explanation={<Explanation qualification={qualification} handle={handle} />}
    />
  );
}

/** Written from here, every date has its year. */
const NO_YEAR = 0;

function Explanation({ qualification, handle }: { qualification: Qualification; handle: string }) {
  const { t } = useTranslation('account');
  const { date } = useFormats();
  const labelTexts = useLabelTexts();
  const { kind, category, label, verified_since: since, expires } = qualification;
  const texts = label === null ? undefined : labelTexts(label);
  return (
    <div className={styles.explanation}>
      <p>{t(`seal.checked.${kind}`)}</p>
      <dl className={styles.facts}>
        <div>
          <dt>{t('seal.since')}</dt>
          <dd>{date(since, NO_YEAR)}</dd>
        </div>
        <div>
          <dt>{t('seal.until')}</dt>
          <dd>{date(expires, NO_YEAR)}</dd>
        </div>
        <div>
          <dt>{t('seal.category')}</dt>
          <dd>{t(`categories.${category}`)}</dd>
        </div>
        {texts !== undefined && (
          <div>
            <dt>{t('seal.label')}</dt>
            <dd>
              {texts.name}
              <span className={styles.means}>{texts.means}</span>
            </dd>
          </div>
        )}
      </dl>
      <p className={styles.note}>{t('seal.sealed')}</p>
      <a href={`/@${handle}`} target="_blank" rel="noreferrer">
        {t('seal.publicPage')}
      </a>
    </div>
  );
}
