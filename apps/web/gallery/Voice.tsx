import { attachmentOf } from '@byline/client/voice/recording.ts';
import type { Recording } from '@byline/client/voice/recording.ts';
import { useId, useState } from 'react';
import { VoiceNotePlayer } from '../src/features/voice/VoiceNotePlayer.tsx';
import { VoiceRecorder } from '../src/features/voice/VoiceRecorder.tsx';
import { useSamples } from './samples.ts';
import styles from './gallery.module.css';

declare global {
  // A browser test looks at the file itself.
  var bylineRecordings: Recording[] | undefined;
}

/** Recording and playing with the real microphone; what is sent only comes to stand here. */
export function Voice() {
  const { sections, shown } = useSamples();
  const id = useId();
  const [sent, setSent] = useState<readonly Recording[]>([]);
  const [isShown, setIsShown] = useState(true);
  const send = (recording: Recording): void => {
    globalThis.bylineRecordings = [...(globalThis.bylineRecordings ?? []), recording];
    setSent([...sent, recording]);
  };
  return (
    <div className={styles.column}>
      <label>
        <input type="checkbox" checked={isShown} onChange={(event) => setIsShown(event.target.checked)} /> {shown}
      </label>
      {isShown &&
        sent.map((recording, at) => {
          const { file, name } = attachmentOf(recording, sections.voice);
          const key = `${id}-${at}`;
          const note = { ...recording, key, title: name, load: () => Promise.resolve(file) };
          return <VoiceNotePlayer key={key} note={note} />;
        })}
      <VoiceRecorder onSend={send} />
    </div>
  );
}
