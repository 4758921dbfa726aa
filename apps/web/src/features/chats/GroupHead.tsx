import { sendableOf } from '@byline/client/composer/attachment.ts';
import { uploadMedia } from '@byline/protocol/matrix/media.ts';
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { IconButton } from '../../ui/controls/IconButton.tsx';
import { TextField } from '../../ui/controls/TextField.tsx';
import { useToasts } from '../../ui/overlays/Toast.tsx';
import { useAccount } from '../session/session.tsx';
import { useObservable } from '../session/useObservable.ts';
import { useProblemText } from '../session/useProblemText.ts';
import { useConversation } from './conversation.tsx';
import { Face } from './Face.tsx';
import styles from './GroupHead.module.css';
import { PictureChoice } from './PictureChoice.tsx';

/** A group's picture and name, to be changed by who may. */
export function GroupHead({ title }: { title: string }) {
  const { t } = useTranslation(['chats', 'ui']);
  const { api } = useAccount();
  const toasts = useToasts();
  const problemText = useProblemText();
  const { conversation, summary } = useConversation();
  const { mayRename, mayPicture } = useObservable(conversation.rights);
  const [name, setName] = useState<string>();

  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      toasts.show({ message: problemText(error), tone: 'problem', tryAgain: () => void attempt(work) });
    }
  };
  const rename = (event: FormEvent): void => {
    event.preventDefault();
    const wanted = name?.trim() ?? '';
    if (wanted === '') return;
    setName(undefined);
    if (wanted !== title) void attempt(() => conversation.rename(wanted));
  };
  const setPicture = (file: File): void =>
    void attempt(async () => {
      const { content_uri: picture } = await api.upload(uploadMedia, {}, (await sendableOf(file)).file);
      await conversation.setPicture(picture);
    });

  return (
    <div className={styles.head}>
      {mayPicture ? (
        <PictureChoice name={title} id={summary.key} picture={summary.picture} onChange={setPicture} />
      ) : (
        <Face name={title} id={summary.key} picture={summary.picture} size={96} />
      )}
      {name === undefined ? (
        <div className={styles.name}>
          <p className={styles.title}>{title}</p>
          {mayRename && <IconButton label={t('group.rename')} icon={<Pencil />} onClick={() => setName(title)} />}
        </div>
      ) : (
        <form className={styles.form} onSubmit={rename}>
          <TextField label={t('group.name')} value={name} onChange={setName} maxLength={100} />
          <div className={styles.actions}>
            <Button type="submit" size="s" tone="strong">
              {t('save')}
            </Button>
            <Button size="s" tone="quiet" onClick={() => setName(undefined)}>
              {t('cancel')}
            </Button>
          </div>
        </form>
      )}
    </div>
  );
}
