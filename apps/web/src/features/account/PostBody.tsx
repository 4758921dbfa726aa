import { publicMediaPath } from '@byline/client/posts/media-address.ts';
import type { PostBody as Body } from '@byline/client/posts/post-body.ts';
import { FileText } from 'lucide-react';
import type { CSSProperties, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../ui/time/formats.ts';
import { PostText } from './PostText.tsx';
import { SoundNote } from './SoundNote.tsx';
import styles from './PostBody.module.css';

export interface PostBodyProps {
  /** Names the sound for the one player of the app. */
  readonly postId: string;
  readonly body: Body;
  /** Where a file is fetched; given by a preview, whose files are not published yet. */
  readonly addressOf?: ((mxc: string) => string | undefined) | undefined;
}

const LARGE = { width: 1280, height: 1280, method: 'scale' } as const;

/** What a post shows: its words, its picture, its sound. */
export function PostBody({ postId, body, addressOf }: PostBodyProps) {
  if (body.kind === 'text') return <PostText text={body} />;
  const address = addressOf?.(body.url) ?? publicMediaPath(body.url);
  const caption = body.caption && <PostText text={body.caption} small={body.kind === 'picture'} />;
  if (body.kind === 'picture') {
    const small = addressOf?.(body.url) ?? publicMediaPath(body.url, LARGE);
    return <Picture body={body} address={small} caption={caption} />;
  }
  if (body.kind === 'sound') {
    return (
      <div className={styles.sound}>
        {caption}
        <SoundNote id={postId} body={body} address={address} />
      </div>
    );
  }
  return (
    <div className={styles.sound}>
      {caption}
      <File name={body.name} size={body.size} address={address} />
    </div>
  );
}

function Picture({
  body,
  address,
  caption,
}: {
  body: Extract<Body, { kind: 'picture' }>;
  address: string | undefined;
  caption: ReactNode;
}) {
  const { t } = useTranslation('account');
  const { width, height } = body;
  const ratio: CSSProperties = width && height ? { aspectRatio: `${width} / ${height}`, maxWidth: width } : {};
  // A caption says what is seen; without one there is only the file's name.
  const words = body.caption ? '' : t('post.pictureNamed', { name: body.name });
  return (
    <figure className={styles.figure}>
      <img className={styles.picture} style={ratio} src={address} alt={words} loading="lazy" />
      {caption && <figcaption className={styles.caption}>{caption}</figcaption>}
    </figure>
  );
}

function File({ name, size, address }: { name: string; size: number | undefined; address: string | undefined }) {
  const { fileSize } = useFormats();
  return (
    <a className={styles.file} href={address} download={name}>
      <FileText aria-hidden="true" />
      <span className={styles.fileName}>{name}</span>
      {size !== undefined && <span className={styles.fileSize}>{fileSize(size)}</span>}
    </a>
  );
}
