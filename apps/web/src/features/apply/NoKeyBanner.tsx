import type { Loaded } from '@byline/client/resource.ts';
import type { ReviewersKey } from '@byline/protocol/byline/reviewers-key.ts';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '../../ui/controls/Button.tsx';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { usePublicAccounts } from '../account/usePublicAccounts.ts';
import { useAccount } from '../session/session.tsx';
import { useObservable } from '../session/useObservable.ts';

const isMissing = (key: Loaded<ReviewersKey | undefined>): boolean => key.state === 'ready' && key.value === undefined;

/** That nobody can apply yet, because there is no key to seal to; nothing when there is one. */
export function NoKeyBanner() {
  const { t } = useTranslation('apply');
  const { applications } = usePublicAccounts();
  const key = useObservable(applications.key);
  useEffect(() => {
    // It may have been made since it was looked for.
    if (isMissing(applications.key.get())) void applications.key.reload();
  }, [applications]);
  const roles = useObservable(useAccount().me).value?.roles ?? [];
  if (!isMissing(key)) return null;
  const canMakeOne = roles.includes('administrator') || roles.includes('reviewer');
  return (
    <Banner
      tone="warning"
      title={t('noKey.title')}
      action={canMakeOne && <LinkButton href="/desk/key">{t('noKey.make')}</LinkButton>}
    >
      {canMakeOne ? t('noKey.textStaff') : t('noKey.text')}
    </Banner>
  );
}
