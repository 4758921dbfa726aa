import { Copy, Download, Printer } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { useToasts } from '../../ui/overlays/Toast.tsx';
import { saveFile } from '../chats/saveFile.ts';
import { useAccount } from '../session/session.tsx';
import styles from './Trust.module.css';

/** A recovery key, in groups that can be read aloud and written down, and the ways to keep it. */
export function RecoveryKeyCard({ text }: { text: string }) {
  const { t } = useTranslation('trust');
  const { userId } = useAccount();
  const toasts = useToasts();
  const download = (): void => {
    const file = new Blob([t('key.file', { userId, key: text })], { type: 'text/plain' });
    saveFile(file, t('key.fileName'));
  };
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    toasts.show({ message: t('key.copied') });
  };
  return (
    <div className={styles.keyCard}>
      <p className={styles.keyOwner}>{t('key.of', { userId })}</p>
      <p className={styles.key} translate="no" aria-label={t('key.label')}>
        {text.split(' ').map((group, index) => (
          // Groups may be alike; only their place tells them apart.
          <span key={`${index}${group}`}>{group} </span>
        ))}
      </p>
      <div className={styles.actions}>
        <Button size="s" icon={<Download />} onClick={download}>
          {t('key.download')}
        </Button>
        <Button size="s" icon={<Copy />} onClick={() => void copy()}>
          {t('key.copy')}
        </Button>
        <Button size="s" icon={<Printer />} onClick={() => print()}>
          {t('key.print')}
        </Button>
      </div>
    </div>
  );
}
