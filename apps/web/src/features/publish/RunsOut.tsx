import type { OwnAccount } from '@byline/client/accounts/public-accounts.ts';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '../../ui/controls/Button.tsx';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { useNow } from '../../ui/time/clock.tsx';

/** From when on before the end its owner is asked to renew, as the provider's first notice does. Milliseconds. */
const SOON = 60 * 24 * 60 * 60_000;

/** That an account's verification ends soon, and where it is renewed; nothing for who does not own the account. */
export function RunsOut({ account, end }: { account: OwnAccount; end: number }) {
  const { t, i18n } = useTranslation('publish');
  const now = useNow();
  if (account.role !== 'owner' || end - now > SOON) return null;
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'long' }).format(end);
  return (
    <Banner
      title={t('renew.runsOut', { date })}
      action={<LinkButton href={`/me/accounts/${account.handle}/renew`}>{t('renew.go')}</LinkButton>}
    >
      {t('renew.runsOutText')}
    </Banner>
  );
}
