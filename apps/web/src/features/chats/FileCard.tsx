import type { PostBody } from '@byline/client/posts/post-body.ts';
import { Download, FileText } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useToasts } from '../../ui/overlays/Toast.tsx';
import { useFormats } from '../../ui/time/formats.ts';
import { useProblemText } from '../session/useProblemText.ts';
import styles from './FileCard.module.css';
import { saveFile } from './saveFile.ts';
import { useTalk } from './useTalk.ts';

/** A file by its name and size; press it to save it. */
export function FileCard({
  content,
  progress,
}: {
  content: Extract<PostBody, { kind: 'file' }>;
  progress: number | undefined;
}) {
  const { t } = useTranslation('chats');
  const { fileSize, percent } = useFormats();
  const { media } = useTalk();
  const toasts = useToasts();
  const problemText = useProblemText();
  const [pending, setPending] = useState(false);

  const save = async (): Promise<void> => {
    if (pending || progress !== undefined) return;
    setPending(true);
    try {
      saveFile(await media.blob(content.url, content.sealed), content.name);
    } catch (error) {
      toasts.show({ message: problemText(error), tone: 'problem', tryAgain: () => void save() });
    } finally {
      setPending(false);
    }
  };

  return (
    <button
      type="button"
      className={styles.file}
      aria-label={t('file.save', { name: content.name })}
      aria-busy={pending || undefined}
      onClick={() => void save()}
    >
      <span className={styles.icon} aria-hidden="true">
        {progress === undefined ? <FileText /> : <Download className={styles.up} />}
      </span>
      <span className={styles.words}>
        <span className={styles.name}>{content.name}</span>
        <span className={styles.size}>
          {progress === undefined ? content.size !== undefined && fileSize(content.size) : percent(progress)}
        </span>
      </span>
    </button>
  );
}
