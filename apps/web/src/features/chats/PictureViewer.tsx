import { Dialog } from '@base-ui/react/dialog';
import type { PostBody } from '@byline/client/posts/post-body.ts';
import type { Message } from '@byline/client/timeline/message.ts';
import { Download, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/controls/IconButton.tsx';
import { useToasts } from '../../ui/overlays/Toast.tsx';
import { useFormats } from '../../ui/time/formats.ts';
import { useProblemText } from '../session/useProblemText.ts';
import styles from './PictureViewer.module.css';
import { saveFile } from './saveFile.ts';
import { useMediaAddress } from './useMediaAddress.ts';
import { useTalk } from './useTalk.ts';

export interface PictureViewerProps {
  readonly message: Message;
  readonly content: Extract<PostBody, { kind: 'picture' }>;
  /** The smaller copy, which is there already. */
  readonly preview: string | undefined;
  readonly onClose: () => void;
}

/** A picture on the whole screen. Press it to see it in its own size; Escape or a press beside it closes. */
export function PictureViewer({ message, content, preview, onClose }: PictureViewerProps) {
  const { t } = useTranslation(['chats', 'ui']);
  const formats = useFormats();
  const { media } = useTalk();
  const toasts = useToasts();
  const problemText = useProblemText();
  const whole = useMediaAddress(content.url, undefined, content.sealed);
  const [isLarge, setIsLarge] = useState(false);
  const said = content.caption?.plain ?? '';

  const save = async (): Promise<void> => {
    try {
      saveFile(await media.blob(content.url, content.sealed), content.name);
    } catch (error) {
      toasts.show({ message: problemText(error), tone: 'problem', tryAgain: () => void save() });
    }
  };

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Popup className={styles.viewer} data-world="ink" data-theme="dark">
          <header className={styles.head}>
            <div className={styles.about}>
              <Dialog.Title className={styles.title}>{message.own ? t('you') : message.sender.name}</Dialog.Title>
              <p className={styles.time}>{formats.full(message.at)}</p>
            </div>
            <IconButton label={t('picture.save')} icon={<Download />} onClick={() => void save()} />
            <Dialog.Close render={<IconButton label={t('ui:close')} icon={<X />} tooltip={false} />} />
          </header>
          <div className={styles.stage} data-large={isLarge || undefined}>
            <button
              type="button"
              className={styles.picture}
              aria-pressed={isLarge}
              aria-label={t('picture.enlarge')}
              onClick={() => setIsLarge(!isLarge)}
            >
              {(whole.value ?? preview) !== undefined && (
                <img src={whole.value ?? preview} alt={said || content.name} />
              )}
            </button>
          </div>
          {said !== '' && <p className={styles.caption}>{said}</p>}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
