import { Recorder } from '@byline/client/voice/recorder.ts';
import type { RecorderState } from '@byline/client/voice/recorder.ts';
import type { Recording } from '@byline/client/voice/recording.ts';
import { Mic, Square } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/controls/IconButton.tsx';
import { Hidden } from '../../ui/style/Hidden.tsx';
import { useFormats } from '../../ui/time/formats.ts';
import { useObservable } from '../session/useObservable.ts';
import { usePlayback } from './playback.tsx';
import { RecorderRefused } from './RecorderRefused.tsx';
import { RecordingReview } from './RecordingReview.tsx';
import { RunningRecording } from './RunningRecording.tsx';
import { useHold } from './useHold.ts';
import styles from './VoiceRecorder.module.css';

export interface VoiceRecorderProps {
  readonly onSend: (recording: Recording) => void;
  /** What the last button says where the recording is not sent at once, but added to what one writes. */
  readonly addLabel?: string | undefined;
  /** It needs the room of the whole line now, or no longer. */
  readonly onActiveChange?: ((isActive: boolean) => void) | undefined;
}

/**
 * A microphone to tap or to hold; then a line of its own with the time, the level, and at the end what was recorded,
 * to be listened to before it is sent. It belongs at the end of its line, so that the button stays under the finger.
 */
export function VoiceRecorder({ onSend, addLabel, onActiveChange }: VoiceRecorderProps) {
  const { t } = useTranslation('voice');
  const [recorder] = useState(() => new Recorder());
  const { player } = usePlayback();
  const state = useObservable(recorder.state);
  const isActive = state.state !== 'idle';
  const root = useFocusThatWasLost(state.state);
  useEffect(() => recorder.cancel, [recorder]);
  useEffect(() => onActiveChange?.(isActive), [isActive, onActiveChange]);
  useEscape(isActive, recorder.cancel);

  const start = (): boolean => {
    if (state.state !== 'idle' && state.state !== 'refused') return false;
    player.pause();
    void recorder.start();
    return true;
  };
  const hold = useHold({
    onPress: start,
    onRelease: recorder.stop,
    onSlideAway: recorder.cancel,
    onTap: () => {
      if (!start()) recorder.stop();
    },
  });
  const isStarted = state.state === 'asking' || state.state === 'recording';
  return (
    <div ref={root} className={styles.recorder} data-active={isActive || undefined}>
      <Shown
        {...{ state, recorder, addLabel }}
        slid={hold.slid}
        onSend={(recording) => {
          recorder.cancel();
          onSend(recording);
        }}
      />
      {(isStarted || state.state === 'idle') && (
        <span className={styles.main} data-recording={isStarted || undefined}>
          <IconButton
            {...hold.handlers}
            label={isStarted ? t('stop') : t('record')}
            icon={isStarted ? <Square /> : <Mic />}
            tone={isStarted ? 'strong' : 'quiet'}
          />
        </span>
      )}
      <Said state={state} />
    </div>
  );
}

interface ShownProps {
  readonly state: RecorderState;
  readonly recorder: Recorder;
  readonly slid: number | undefined;
  readonly addLabel: string | undefined;
  readonly onSend: (recording: Recording) => void;
}

function Shown({ state, recorder, slid, addLabel, onSend }: ShownProps) {
  if (state.state === 'idle') return null;
  if (state.state === 'recorded')
    return <RecordingReview {...{ addLabel, onSend }} recording={state.recording} onDiscard={recorder.cancel} />;
  if (state.state === 'refused')
    return <RecorderRefused why={state.why} onClose={recorder.cancel} onTryAgain={() => void recorder.start()} />;
  return <RunningRecording state={state} slid={slid} onCancel={recorder.cancel} />;
}

/** What happens, for those who don't see it. */
function Said({ state }: { state: RecorderState }) {
  const { t } = useTranslation('voice');
  const formats = useFormats();
  return (
    <Hidden>
      <span role="status">
        {state.state === 'recording' && t('recording')}
        {state.state === 'recorded' && t('recorded', { length: formats.length(state.recording.length) })}
      </span>
    </Hidden>
  );
}

/** Whatever had the focus goes away from step to step; the next step's first button takes it then. */
function useFocusThatWasLost(step: RecorderState['state']) {
  const root = useRef<HTMLDivElement>(null);
  const before = useRef(step);
  useEffect(() => {
    const isNew = before.current !== step;
    before.current = step;
    if (!isNew || (document.activeElement !== document.body && document.activeElement !== null)) return;
    const next = step === 'recorded' ? '[data-review] button' : 'button';
    root.current?.querySelector<HTMLButtonElement>(next)?.focus({ preventScroll: true });
  }, [step]);
  return root;
}

function useEscape(isActive: boolean, cancel: () => void): void {
  useEffect(() => {
    if (!isActive) return undefined;
    const gone = new AbortController();
    const listen = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      // It cancels the recording and nothing around it.
      event.preventDefault();
      event.stopPropagation();
      cancel();
    };
    addEventListener('keydown', listen, { capture: true, signal: gone.signal });
    return () => gone.abort();
  }, [isActive, cancel]);
}
