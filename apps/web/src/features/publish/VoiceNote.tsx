import type { Composer } from '@byline/client/publish/composer.ts';
import { attachmentOf } from '@byline/client/voice/recording.ts';
import { useTranslation } from 'react-i18next';
import { VoiceRecorder } from '../voice/VoiceRecorder.tsx';

/** Records a voice note and adds it to the post. */
export function VoiceNote({
  composer,
  onActiveChange,
}: {
  composer: Composer;
  onActiveChange: (isActive: boolean) => void;
}) {
  const { t } = useTranslation('publish');
  return (
    <VoiceRecorder
      addLabel={t('voice.add')}
      onActiveChange={onActiveChange}
      onSend={(recording) => composer.attach(attachmentOf(recording, t('voice.name')))}
    />
  );
}
