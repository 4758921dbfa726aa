import { attachmentOf } from '@byline/client/voice/recording.ts';
import { SendHorizontal } from 'lucide-react';
import { useRef, useState } from 'react';
import type { ClipboardEvent, KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/controls/IconButton.tsx';
import { useAccount } from '../session/session.tsx';
import { useObservable } from '../session/useObservable.ts';
import { VoiceRecorder } from '../voice/VoiceRecorder.tsx';
import { AttachButton } from './AttachButton.tsx';
import styles from './ComposerBar.module.css';
import { ComposerContext } from './ComposerContext.tsx';
import { useConversation } from './conversation.tsx';
import { EmojiButton } from './EmojiButton.tsx';
import { useComposerFocus, useTypingAnywhere } from './useComposerFocus.ts';
import { useSendFiles } from './useSendFiles.ts';

/** On a phone's keyboard the return key makes lines; there is a button to send. */
const returnSends = (): boolean => !matchMedia('(pointer: coarse) and (hover: none)').matches;

/** Where one writes, for who may. */
export function ComposerBar() {
  const { t } = useTranslation('chats');
  const standing = useObservable(useAccount().standing).value;
  const { conversation } = useConversation();
  const { maySpeak } = useObservable(conversation.rights);
  if (standing?.may_talk === false) return <p className={styles.closed}>{t('composer.closed')}</p>;
  if (!maySpeak) return <p className={styles.closed}>{t('composer.readOnly')}</p>;
  return <OpenComposer />;
}

/** Words, emoji, files, or a voice note. */
function OpenComposer() {
  const { t } = useTranslation('chats');
  const { strand } = useConversation();
  const { composer, outbox } = strand;
  const { text, answering, editing } = useObservable(composer.state);
  const sendFiles = useSendFiles();
  const field = useRef<HTMLTextAreaElement>(null);
  const [isRecording, setIsRecording] = useState(false);
  useComposerFocus(field, answering?.key ?? editing?.key);
  useTypingAnywhere(field);
  const isEmpty = text.trim() === '';
  const label = strand.threadId === null ? t('composer.label') : t('threads.write');

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    // While somebody composes a character, the key belongs to the input method.
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey && returnSends()) {
      event.preventDefault();
      composer.send();
    } else if (event.key === 'Escape' && composer.cancel()) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === 'ArrowUp' && text === '') {
      const last = strand.lastEditable();
      if (last === undefined) return;
      event.preventDefault();
      composer.edit(last);
    }
  };
  const onPaste = (event: ClipboardEvent): void => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    sendFiles(event.clipboardData.files);
  };
  const insert = (emoji: string): void => {
    const { selectionStart: from, selectionEnd: to } = field.current ?? {
      selectionStart: text.length,
      selectionEnd: text.length,
    };
    composer.write(text.slice(0, from) + emoji + text.slice(to));
    requestAnimationFrame(() => field.current?.setSelectionRange(from + emoji.length, from + emoji.length));
  };

  return (
    <div className={styles.composer}>
      <ComposerContext />
      <div className={styles.bar}>
        {!isRecording && (
          <>
            {editing === undefined && <AttachButton />}
            <div className={styles.box}>
              <textarea
                ref={field}
                className={styles.field}
                rows={1}
                aria-label={label}
                placeholder={label}
                value={text}
                enterKeyHint={returnSends() ? 'send' : 'enter'}
                onChange={(event) => composer.write(event.target.value)}
                onKeyDown={onKeyDown}
                onPaste={onPaste}
              />
              <EmojiButton onPick={insert} />
            </div>
          </>
        )}
        {isEmpty && editing === undefined ? (
          <VoiceRecorder
            onActiveChange={setIsRecording}
            onSend={(recording) => outbox.send(attachmentOf(recording, t('voiceName')), composer.takeAnswered())}
          />
        ) : (
          <IconButton
            tone="strong"
            label={editing === undefined ? t('composer.send') : t('composer.save')}
            icon={<SendHorizontal />}
            aria-disabled={isEmpty}
            // The field keeps the focus, so that the keyboard of a phone stays.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => composer.send()}
          />
        )}
      </div>
    </div>
  );
}
