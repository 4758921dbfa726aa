import { ChartColumn, Image, Paperclip, Plus } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/controls/IconButton.tsx';
import { Menu } from '../../ui/overlays/Menu.tsx';
import { NewPoll } from './polls/NewPoll.tsx';
import { useSendFiles } from './useSendFiles.ts';

/** Pictures and files, from the device; and polls. */
export function AttachButton() {
  const { t } = useTranslation('chats');
  const sendFiles = useSendFiles();
  const pictures = useRef<HTMLInputElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const [isAsking, setIsAsking] = useState(false);
  const inputs = [
    [pictures, 'image/*'],
    [files, undefined],
  ] as const;
  return (
    <>
      <Menu
        align="start"
        trigger={<IconButton label={t('attach.label')} icon={<Plus />} tooltip={false} />}
        groups={[
          [
            { key: 'picture', label: t('attach.picture'), icon: <Image />, onSelect: () => pictures.current?.click() },
            { key: 'file', label: t('attach.file'), icon: <Paperclip />, onSelect: () => files.current?.click() },
            { key: 'poll', label: t('poll.new'), icon: <ChartColumn />, onSelect: () => setIsAsking(true) },
          ],
        ]}
      />
      {inputs.map(([input, accept]) => (
        <input
          key={accept ?? 'any'}
          ref={input}
          type="file"
          multiple
          hidden
          accept={accept}
          onChange={(event) => {
            if (event.target.files) sendFiles(event.target.files);
            event.target.value = '';
          }}
        />
      ))}
      <NewPoll open={isAsking} onClose={() => setIsAsking(false)} />
    </>
  );
}
