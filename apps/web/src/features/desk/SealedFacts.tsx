import type { Opened, ReviewCase } from '@byline/client/review/review-case.ts';
import { SealingError } from '@byline/core/sealing/sealing-error.ts';
import { Lock, LockOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { Skeleton } from '../../ui/feedback/Skeleton.tsx';
import { Hidden } from '../../ui/style/Hidden.tsx';
import { countryName } from '../apply/countries.ts';
import { useObservable } from '../session/useObservable.ts';
import { useProblemText } from '../session/useProblemText.ts';
import { Fact, Facts, Side } from './Facts.tsx';
import { PictureViewer } from './PictureViewer.tsx';
import { SubjectFacts } from './SubjectFacts.tsx';
import { Unlock } from './Unlock.tsx';

/** Who answers for the account, opened in this browser. */
export function SealedFacts({ reviewCase, isMine }: { reviewCase: ReviewCase; isMine: boolean }) {
  const { t } = useTranslation('desk');
  const opened = useObservable(reviewCase.opened);
  const { value } = useObservable(reviewCase.case);
  const isOpen = opened.state === 'open';
  return (
    <Side title={t('sealed.title')} mark={isOpen ? <LockOpen aria-hidden="true" /> : <Lock aria-hidden="true" />}>
      {isMine && isOpen && value && <SubjectFacts id={value.id} identity={opened.identity} />}
      {isMine ? <Content opened={opened} /> : <p>{t('sealed.away')}</p>}
    </Side>
  );
}

function Content({ opened }: { opened: Opened }) {
  const { t, i18n } = useTranslation(['desk', 'apply', 'account', 'ui']);
  const problemText = useProblemText();
  if (opened.state === 'locked') return <Unlock wanted={opened.kid} />;
  if (opened.state === 'unreadable') {
    const { error } = opened;
    return (
      <Banner tone="danger" title={t('sealed.unreadable')}>
        {error instanceof SealingError ? t('sealed.changed') : problemText(error)}
      </Banner>
    );
  }
  if (opened.state !== 'open') {
    return (
      <div role="status">
        <Hidden>{t('sealed.opening')}</Hidden>
        <Skeleton height="120px" />
      </div>
    );
  }
  const { identity, pictures } = opened;
  return (
    <Facts>
      <Fact name={t(`apply:identity.name.${identity.subject_kind}`)} strong>
        {identity.legal_name}
      </Fact>
      <Fact name={t('apply:identity.document')}>{t(`apply:documents.${identity.document_kind}`)}</Fact>
      <Fact short name={t('apply:identity.number')}>
        {identity.document_number}
      </Fact>
      <Fact short name={t('apply:identity.country')}>
        {countryName(identity.country, i18n.language)}
      </Fact>
      {pictures.map(({ piece, picture }) => (
        <Fact key={piece} name={t(`apply:document.pieces.${piece}`)}>
          <PictureViewer picture={picture} name={t(`apply:document.pieces.${piece}`)} />
        </Fact>
      ))}
    </Facts>
  );
}
