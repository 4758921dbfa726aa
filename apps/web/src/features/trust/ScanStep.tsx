import type { Verification } from '@byline/client/crypto/verification.ts';
import { lazy, Suspense, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Skeleton } from '../../ui/feedback/Skeleton.tsx';
import styles from './Trust.module.css';

/* What reads codes is fetched when one is to be read. */
const CodeCamera = lazy(async () => ({ default: (await import('../../ui/qr/CodeCamera.tsx')).CodeCamera }));

/** Reads the other device's code with the camera. */
export function ScanStep({ verification }: { verification: Verification }) {
  const { t } = useTranslation('trust');
  const [isWrong, setIsWrong] = useState(false);
  const read = useCallback(
    (bytes: Uint8Array): void => {
      // The next step is told by the verification; one's receipt or ticket is another code.
      verification.scan(bytes).catch(() => setIsWrong(true));
    },
    [verification],
  );
  return (
    <div className={styles.compare}>
      <p role="status">{isWrong ? t('compare.wrongCode') : t('compare.camera')}</p>
      <Suspense fallback={<Skeleton height="240px" />}>
        <CodeCamera label={t('compare.cameraLabel')} onCode={read} refused={t('compare.cameraRefused')} />
      </Suspense>
    </div>
  );
}
