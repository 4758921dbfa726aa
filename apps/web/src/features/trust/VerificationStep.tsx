import type { ComparedEmoji, VerificationState } from '@byline/client/crypto/verification.ts';
import { ShieldCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { QrCode } from '../../ui/qr/QrCode.tsx';
import { EMOJI_TEXTS } from './emojiTexts.ts';
import styles from './Trust.module.css';

export interface VerificationStepProps {
  /** The other device is one's own, too. */
  readonly isOwn: boolean;
  /** It is this device that is to be confirmed. */
  readonly isNewHere: boolean;
  readonly state: VerificationState;
}

/** What one sees at a step of comparing. */
export function VerificationStep({ isOwn, isNewHere, state }: VerificationStepProps) {
  const { t } = useTranslation('trust');
  if (state.step === 'compare') return <Emoji emoji={state.emoji} isOwn={isOwn} />;
  if (state.step === 'ready')
    return (
      <div className={styles.compare}>
        <p>{wayOf(state, isOwn, t)}</p>
        {state.code && <QrCode bytes={state.code} label={t('compare.code')} />}
      </div>
    );
  if (state.step === 'done')
    return (
      <p className={styles.good} role="status">
        <ShieldCheck aria-hidden="true" />
        {isOwn ? t('compare.doneOwn') : t('compare.done')}
      </p>
    );
  return (
    <p className={styles.text} role="status">
      {sentence(state, { isOwn, isNewHere }, t)}
    </p>
  );
}

function sentence(
  state: VerificationState,
  { isOwn, isNewHere }: Pick<VerificationStepProps, 'isOwn' | 'isNewHere'>,
  t: ReturnType<typeof useTranslation<'trust'>>['t'],
): string {
  if (state.step === 'ended') return t(`compare.ended.${state.why}`);
  if (state.step === 'invited') return isNewHere ? t('compare.invitedHere') : t('compare.invited');
  if (state.step === 'asked') return isOwn ? t('compare.askedOwn') : t('compare.asked');
  if (state.step === 'scanned') return t('compare.askScanned');
  if (state.step === 'read') return t('compare.read');
  return state.step === 'waiting' ? t('compare.waiting') : t('compare.starting');
}

/** What may be done with codes; somebody far away can only compare pictures. */
function wayOf(
  { code, mayScan }: Extract<VerificationState, { step: 'ready' }>,
  isOwn: boolean,
  t: ReturnType<typeof useTranslation<'trust'>>['t'],
): string {
  if (code === undefined) return t('compare.scanTheirs');
  if (!mayScan) return t('compare.scan');
  return isOwn ? t('compare.scanEither') : t('compare.scanTogether');
}

function Emoji({ emoji, isOwn }: { emoji: readonly ComparedEmoji[]; isOwn: boolean }) {
  const { t } = useTranslation('trust');
  const nameOf = (name: string): string => {
    const text = EMOJI_TEXTS[name];
    return text === undefined ? name : t(text);
  };
  return (
    <div className={styles.compare}>
      <p>{isOwn ? t('compare.emojiOwn') : t('compare.emoji')}</p>
      <ol className={styles.emoji}>
        {emoji.map(({ emoji: picture, name }, index) => (
          // The same one may come twice.
          <li key={`${index}${name}`}>
            <span className={styles.picture} aria-hidden="true">
              {picture}
            </span>
            <span>{nameOf(name)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
