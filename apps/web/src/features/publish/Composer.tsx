import type { OwnAccount } from '@byline/client/accounts/public-accounts.ts';
import { sendableOf } from '@byline/client/composer/attachment.ts';
import { ImagePlus } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { IconButton } from '../../ui/controls/IconButton.tsx';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { Progress } from '../../ui/feedback/Progress.tsx';
import { Tabs } from '../../ui/navigation/Tabs.tsx';
import { useToasts } from '../../ui/overlays/Toast.tsx';
import { Hidden } from '../../ui/style/Hidden.tsx';
import { usePublicAccounts } from '../account/usePublicAccounts.ts';
import { useObservable } from '../session/useObservable.ts';
import { useProblemText } from '../session/useProblemText.ts';
import { ChosenFiles } from './ChosenFiles.tsx';
import { Preview } from './Preview.tsx';
import { VoiceNote } from './VoiceNote.tsx';
import { Writing } from './Writing.tsx';
import styles from './Composer.module.css';

const MOST_FILES = 10;

/** Where an operator writes as the account. */
export function Composer({ account }: { account: OwnAccount }) {
  const { t } = useTranslation('publish');
  const composer = usePublicAccounts().composer(account.handle);
  const state = useObservable(composer.state);
  const [view, setView] = useState<'write' | 'preview'>('write');
  const [problem, setProblem] = useState<string>();
  const [isRecording, setRecording] = useState(false);
  const problemText = useProblemText();
  const { show } = useToasts();
  const { editing, publishing, chosen } = state;

  const publish = async (): Promise<void> => {
    setProblem(undefined);
    try {
      await composer.publish();
      setView('write');
      show({ message: editing ? t('edit.done') : t('published') });
    } catch (error) {
      setProblem(problemText(error, { BYLINE_NOT_QUALIFIED: t('notQualified.text'), M_BAD_JSON: t('refused') }));
    }
  };

  return (
    <section className={styles.composer} aria-label={editing ? t('edit.title') : t('write.title')}>
      {editing && <p className={styles.editing}>{t('edit.title')}</p>}
      <Tabs
        label={t('view.label')}
        value={view}
        onChange={setView}
        tabs={[
          { value: 'write', label: t('view.write'), panel: <Writing composer={composer} /> },
          { value: 'preview', label: t('view.preview'), panel: <Preview account={account} state={state} /> },
        ]}
      />
      <ChosenFiles composer={composer} />
      {problem && <Banner tone="danger">{problem}</Banner>}
      {publishing !== undefined && <Progress label={t('publishing')} share={publishing} />}
      <div className={styles.actions}>
        {!editing && (
          <div className={styles.add} data-alone={isRecording || undefined}>
            {!isRecording && <AddPictures handle={account.handle} room={MOST_FILES - chosen.length} />}
            <VoiceNote composer={composer} onActiveChange={setRecording} />
          </div>
        )}
        {editing && (
          <Button tone="quiet" onClick={composer.cancelEdit}>
            {t('edit.cancel')}
          </Button>
        )}
        {!isRecording && (
          <span className={styles.publish}>
            <Button
              tone="strong"
              pending={publishing !== undefined}
              disabled={publishing === undefined && !composer.canPublish()}
              onClick={() => void publish()}
            >
              {editing ? t('edit.save') : t('publish')}
            </Button>
          </span>
        )}
      </div>
      <p className={styles.note}>{t('public')}</p>
      {chosen.length > 1 && <p className={styles.note}>{t('several', { count: chosen.length })}</p>}
    </section>
  );
}

function AddPictures({ handle, room }: { handle: string; room: number }) {
  const { t } = useTranslation('publish');
  const composer = usePublicAccounts().composer(handle);
  const { show } = useToasts();
  const input = useRef<HTMLInputElement>(null);
  const add = async (files: readonly File[]): Promise<void> => {
    for (const file of files.slice(0, room)) {
      const sendable = await sendableOf(file);
      if (sendable.kind === 'picture') composer.attach(sendable);
      else show({ message: t('picture.unreadable', { name: file.name }), tone: 'problem' });
    }
  };
  return (
    <>
      <Hidden>
        <input
          ref={input}
          type="file"
          accept="image/*"
          multiple
          tabIndex={-1}
          aria-label={t('picture.files')}
          onChange={(event) => {
            void add([...(event.target.files ?? [])]);
            event.target.value = '';
          }}
        />
      </Hidden>
      <IconButton
        label={t('picture.add')}
        icon={<ImagePlus />}
        disabled={room <= 0}
        onClick={() => input.current?.click()}
      />
    </>
  );
}
