import type { Recording } from '@byline/client/voice/recording.ts';
import { Check, SendHorizontal, Trash2 } from 'lucide-react';
import { useEffect, useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/controls/IconButton.tsx';
import { usePlayback } from './playback.tsx';
import type { VoiceNote } from './playback.tsx';
import { VoiceNotePlayer } from './VoiceNotePlayer.tsx';
import styles from './VoiceRecorder.module.css';

export interface RecordingReviewProps {
  readonly recording: Recording;
  /** What the last button says where it is not sent at once. */
  readonly addLabel?: string | undefined;
  readonly onDiscard: () => void;
  readonly onSend: (recording: Recording) => void;
}

/** What was recorded: to be listened to, sent, or thrown away. */
export function RecordingReview({ recording, addLabel, onDiscard, onSend }: RecordingReviewProps) {
  const { t } = useTranslation('voice');
  const { player } = usePlayback();
  const key = useId();
  const title = t('yours');
  const note = useMemo<VoiceNote>(
    () => ({
      key,
      title,
      length: recording.length,
      peaks: recording.peaks,
      load: () => Promise.resolve(recording.file),
    }),
    [key, title, recording],
  );
  useEffect(
    () => () => {
      if (player.state.get().sound?.key === key) player.stop();
    },
    [player, key],
  );
  return (
    <div className={styles.running}>
      <IconButton label={t('discard')} icon={<Trash2 />} tone="danger" onClick={onDiscard} />
      <div className={styles.review} data-review>
        <VoiceNotePlayer note={note} withSpeed={false} />
      </div>
      <IconButton
        label={addLabel ?? t('send')}
        icon={addLabel === undefined ? <SendHorizontal /> : <Check />}
        tone="strong"
        onClick={() => onSend(recording)}
      />
    </div>
  );
}
