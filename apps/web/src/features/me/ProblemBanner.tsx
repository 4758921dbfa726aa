import { NotAPicture } from '@byline/client/applications/picture.ts';
import { WrongPassword } from '@byline/client/me/password-proof.ts';
import { useTranslation } from 'react-i18next';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { useProblemText } from '../session/useProblemText.ts';

/** What went wrong with what was asked for, and what to do; nothing when nothing did. */
export function ProblemBanner({ problem }: { problem: unknown }) {
  const { t } = useTranslation('me');
  const problemText = useProblemText();
  if (problem === undefined) return null;
  if (problem instanceof WrongPassword) return <Banner tone="danger">{t('confirm.wrong')}</Banner>;
  if (problem instanceof NotAPicture) return <Banner tone="danger">{t('profile.notAPicture')}</Banner>;
  return <Banner tone="danger">{problemText(problem)}</Banner>;
}
