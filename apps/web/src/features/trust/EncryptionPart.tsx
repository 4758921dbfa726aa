import { Lock, LockOpen } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { Dialog } from '../../ui/overlays/Dialog.tsx';
import { ProblemBanner } from '../me/ProblemBanner.tsx';
import { useAttempt } from '../me/useAttempt.ts';
import styles from './Trust.module.css';

export interface EncryptionPartProps {
  readonly isEncrypted: boolean;
  readonly mayEncrypt: boolean;
  readonly onEncrypt: () => Promise<void>;
}

/** Whether what is said can be read by those who take part alone, and how it can be made so. */
export function EncryptionPart({ isEncrypted, mayEncrypt, onEncrypt }: EncryptionPartProps) {
  const { t } = useTranslation('trust');
  const [isAsking, setIsAsking] = useState(false);
  return (
    <section className={styles.part}>
      <h2 className={styles.partTitle}>
        {isEncrypted ? <Lock aria-hidden="true" /> : <LockOpen aria-hidden="true" />}
        {isEncrypted ? t('encryption.on') : t('encryption.off')}
      </h2>
      <p className={styles.soft}>{isEncrypted ? t('encryption.onText') : t('encryption.offText')}</p>
      {!isEncrypted && mayEncrypt && (
        <div className={styles.actions}>
          <Button size="s" onClick={() => setIsAsking(true)}>
            {t('encryption.turnOn')}
          </Button>
        </div>
      )}
      {isAsking && <EncryptDialog onEncrypt={onEncrypt} onClose={() => setIsAsking(false)} />}
    </section>
  );
}

function EncryptDialog({ onEncrypt, onClose }: { onEncrypt: () => Promise<void>; onClose: () => void }) {
  const { t } = useTranslation('trust');
  const { pending, problem, run } = useAttempt();
  const encrypt = async (): Promise<void> => {
    if (await run(onEncrypt)) onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('encryption.askTitle')}
      description={t('encryption.askText')}
      actions={
        <>
          <Button tone="quiet" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="strong" pending={pending} onClick={() => void encrypt()}>
            {t('encryption.turnOn')}
          </Button>
        </>
      }
    >
      <ProblemBanner problem={problem} />
    </Dialog>
  );
}
