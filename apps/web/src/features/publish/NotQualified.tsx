import type { OwnAccount } from '@byline/client/accounts/public-accounts.ts';
import { isOpen, isWaiting } from '@byline/client/applications/applications.ts';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '../../ui/controls/Button.tsx';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { usePublicAccounts } from '../account/usePublicAccounts.ts';
import { useObservable } from '../session/useObservable.ts';

/** Why an account may not publish, and what to do about it. */
export function NotQualified({ account }: { account: OwnAccount }) {
  const { t } = useTranslation('publish');
  const { applications } = usePublicAccounts();
  const application = useObservable(applications.list).value?.find(
    (each) => each.public.handle === account.handle && (isOpen(each) || isWaiting(each)),
  );
  const waits = application !== undefined && isWaiting(application);
  return (
    <Banner
      tone="warning"
      title={t('notQualified.title')}
      action={
        application ? (
          <LinkButton href={`/me/apply/${application.id}`}>
            {waits ? t('notQualified.see') : t('notQualified.goOn')}
          </LinkButton>
        ) : (
          <LinkButton href={`/me/accounts/${account.handle}/renew`}>{t('notQualified.renew')}</LinkButton>
        )
      }
    >
      {waits ? t('notQualified.waits') : t('notQualified.text')}
    </Banner>
  );
}
