import type { NewRecoveryKey } from '@byline/client/crypto/recovery.ts';
import type { Trust } from '@byline/client/crypto/trust.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { Checkbox } from '../../ui/controls/Checkbox.tsx';
import { ProblemBanner } from '../me/ProblemBanner.tsx';
import { useAttempt } from '../me/useAttempt.ts';
import { RecoveryKeyCard } from './RecoveryKeyCard.tsx';
import styles from './Trust.module.css';

export interface KeepSafeProps {
  readonly trust: Trust;
  /** There is a key already, which the new one takes the place of. */
  readonly isAnother: boolean;
  readonly onBegin: () => void;
  readonly onDone: () => void;
}

/** Makes a recovery key: says what it is for, shows it once, and puts it to use when it is kept. */
export function KeepSafe({ trust, isAnother, onBegin, onDone }: KeepSafeProps) {
  const { t } = useTranslation('trust');
  const [key, setKey] = useState<NewRecoveryKey>();
  const { pending, problem, run } = useAttempt();
  const make = async (): Promise<void> => {
    onBegin();
    await run(async () => setKey(await trust.recovery.make()));
  };
  if (key !== undefined) return <KeepKey trust={trust} recoveryKey={key} onDone={onDone} />;
  return (
    <div className={styles.steps}>
      <h2 className={styles.subtitle}>{isAnother ? t('another.title') : t('keep.title')}</h2>
      <p className={styles.text}>{isAnother ? t('another.text') : t('keep.text')}</p>
      <ProblemBanner problem={problem} />
      <Button tone="strong" wide pending={pending} onClick={() => void make()}>
        {t('keep.make')}
      </Button>
    </div>
  );
}

function KeepKey({ trust, recoveryKey, onDone }: { trust: Trust; recoveryKey: NewRecoveryKey; onDone: () => void }) {
  const { t } = useTranslation('trust');
  const [isKept, setIsKept] = useState(false);
  const [tried, setTried] = useState(false);
  const { pending, problem, run } = useAttempt();
  const finish = async (): Promise<void> => {
    setTried(true);
    if (isKept && (await run(() => trust.recovery.use(recoveryKey)))) onDone();
  };
  return (
    <div className={styles.steps}>
      <h2 className={styles.subtitle}>{t('key.title')}</h2>
      <p className={styles.text}>{t('key.text')}</p>
      <RecoveryKeyCard text={recoveryKey.text} />
      <Checkbox
        label={t('key.kept')}
        hint={t('key.keptHint')}
        checked={isKept}
        onChange={setIsKept}
        error={tried && !isKept ? t('key.notKept') : undefined}
      />
      <ProblemBanner problem={problem} />
      <Button tone="strong" wide pending={pending} onClick={() => void finish()}>
        {t('key.done')}
      </Button>
    </div>
  );
}
