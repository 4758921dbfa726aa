import { useState } from 'react';
import type { DragEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './DropZone.module.css';
import { useSendFiles } from './useSendFiles.ts';

const hasFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');

/** Files that are dropped anywhere on a conversation go into it. */
export function DropZone({ children }: { children: ReactNode }) {
  const { t } = useTranslation('chats');
  const sendFiles = useSendFiles();
  const [isOver, setIsOver] = useState(false);
  return (
    <div
      className={styles.zone}
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget instanceof Node ? event.relatedTarget : null))
          setIsOver(false);
      }}
      onDrop={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setIsOver(false);
        sendFiles(event.dataTransfer.files);
      }}
    >
      {children}
      {isOver && <div className={styles.over}>{t('drop')}</div>}
    </div>
  );
}
