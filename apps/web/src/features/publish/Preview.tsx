import type { OwnAccount } from '@byline/client/accounts/public-accounts.ts';
import { bodyOf } from '@byline/client/posts/post-body.ts';
import type { PostText as PostWords } from '@byline/client/posts/post-body.ts';
import type { Chosen, ComposerState } from '@byline/client/publish/composer.ts';
import { textPost } from '@byline/client/publish/post-content.ts';
import type { Attachment } from '@byline/client/publish/post-content.ts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { AccountAvatar } from '../account/AccountAvatar.tsx';
import { AccountMark } from '../account/AccountSeal.tsx';
import { BlobPicture } from '../account/BlobPicture.tsx';
import { PictureFigure } from '../account/PictureFigure.tsx';
import { PostText } from '../account/PostText.tsx';
import type { VoiceNote } from '../voice/playback.tsx';
import { VoiceNotePlayer } from '../voice/VoiceNotePlayer.tsx';
import styles from './Preview.module.css';

type Voice = Extract<Attachment, { kind: 'voice' }>;

/** The post as its readers will see it. */
export function Preview({ account, state }: { account: OwnAccount; state: ComposerState }) {
  const { t } = useTranslation('publish');
  const { text, chosen } = state;
  const body = bodyOf(textPost(text));
  const words = text.trim() !== '' && body.kind === 'text' ? body : undefined;
  if (words === undefined && chosen.length === 0) return <p className={styles.nothing}>{t('view.nothing')}</p>;
  return (
    <div className={styles.preview}>
      <p className={styles.byline}>
        <AccountAvatar account={account} size={24} />
        {account.name}
        <AccountMark account={account} />
      </p>
      {chosen.length === 0 && words && <PostText text={words} />}
      {chosen.map((each, index) => (
        <File key={each.id} chosen={each} title={account.name} caption={index === 0 ? words : undefined} />
      ))}
    </div>
  );
}

function File({ chosen, title, caption }: { chosen: Chosen; title: string; caption: PostWords | undefined }) {
  const { id, attachment } = chosen;
  if (attachment.kind === 'picture') {
    return (
      <PictureFigure caption={caption && <PostText text={caption} small />}>
        <BlobPicture picture={attachment.file} alt={caption ? '' : attachment.name} />
      </PictureFigure>
    );
  }
  return (
    <>
      {caption && <PostText text={caption} />}
      <Sound id={id} title={title} attachment={attachment} />
    </>
  );
}

function Sound({ id, title, attachment }: { id: string; title: string; attachment: Voice }) {
  const note = useMemo<VoiceNote>(() => {
    const { length, peaks, file } = attachment;
    return { key: id, title, length, peaks, load: () => Promise.resolve(file) };
  }, [id, title, attachment]);
  return <VoiceNotePlayer note={note} />;
}
