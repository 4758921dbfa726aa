import type { Chosen, Composer } from '@byline/client/publish/composer.ts';
import { Mic, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/controls/IconButton.tsx';
import { useFormats } from '../../ui/time/formats.ts';
import { BlobPicture } from '../account/BlobPicture.tsx';
import { useObservable } from '../session/useObservable.ts';
import styles from './ChosenFiles.module.css';

/** The pictures and voice notes that will be published, each with the way to take it away again. */
export function ChosenFiles({ composer }: { composer: Composer }) {
  const { t } = useTranslation('publish');
  const { chosen, publishing } = useObservable(composer.state);
  if (chosen.length === 0) return null;
  return (
    <ul className={styles.files} aria-label={t('files')}>
      {chosen.map((each) => (
        <li key={each.id} className={styles.file}>
          <Thumbnail chosen={each} />
          {publishing === undefined && (
            <span className={styles.remove}>
              <IconButton
                label={t('removeFile', { name: each.attachment.name })}
                icon={<X />}
                tooltip={false}
                onClick={() => composer.detach(each.id)}
              />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function Thumbnail({ chosen: { attachment } }: { chosen: Chosen }) {
  const { length } = useFormats();
  if (attachment.kind === 'picture') {
    return <BlobPicture className={styles.picture} picture={attachment.file} alt={attachment.name} />;
  }
  return (
    <span className={styles.voice}>
      <Mic aria-hidden="true" />
      {length(attachment.length)}
    </span>
  );
}
