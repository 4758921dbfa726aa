import { publicMediaPath } from '@byline/client/posts/media-address.ts';
import type { PostBody as Body } from '@byline/client/posts/post-body.ts';
import { FileText } from 'lucide-react';
import { useMemo } from 'react';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../ui/time/formats.ts';
import type { VoiceNote } from '../voice/playback.tsx';
import { VoiceNotePlayer } from '../voice/VoiceNotePlayer.tsx';
import { PictureFigure } from './PictureFigure.tsx';
import { PostText } from './PostText.tsx';
import styles from './PostBody.module.css';

/** Where a post stands: what plays of it says so while one reads elsewhere. */
export interface PostPlace {
  readonly postId: string;
  readonly accountName: string;
  /** The post's address in this app. */
  readonly href: string;
}

const LARGE = { width: 1280, height: 1280, method: 'scale' } as const;

/** What a post shows: its words, its picture, its sound. */
export function PostBody({ body, place }: { body: Body; place: PostPlace }) {
  if (body.kind === 'text') return <PostText text={body} />;
  const caption = body.caption && <PostText text={body.caption} small={body.kind === 'picture'} />;
  if (body.kind === 'picture') {
    return (
      <PictureFigure caption={caption}>
        <Picture body={body} />
      </PictureFigure>
    );
  }
  return (
    <div className={styles.file}>
      {caption}
      {body.kind === 'sound' ? <Sound body={body} place={place} /> : <Download body={body} />}
    </div>
  );
}

function Picture({ body }: { body: Extract<Body, { kind: 'picture' }> }) {
  const { t } = useTranslation('account');
  const { url, name, width, height, caption } = body;
  const room: CSSProperties = width && height ? { aspectRatio: `${width} / ${height}`, maxWidth: width } : {};
  // A caption says what is seen; without one there is only the file's name.
  const words = caption ? '' : t('post.pictureNamed', { name });
  return <img style={room} src={publicMediaPath(url, LARGE)} alt={words} loading="lazy" />;
}

function Sound({ body, place }: { body: Extract<Body, { kind: 'sound' }>; place: PostPlace }) {
  const { postId, accountName, href } = place;
  const { url, length, peaks } = body;
  const note = useMemo<VoiceNote>(
    () => ({ key: postId, title: accountName, href, length, peaks, load: () => fetched(url) }),
    [postId, accountName, href, length, peaks, url],
  );
  return <VoiceNotePlayer note={note} />;
}

async function fetched(mxc: string): Promise<Blob> {
  const response = await fetch(publicMediaPath(mxc) ?? '');
  if (!response.ok) throw new Error('A published file could not be fetched.');
  return response.blob();
}

function Download({ body: { url, name, size } }: { body: Extract<Body, { kind: 'file' }> }) {
  const { fileSize } = useFormats();
  return (
    <a className={styles.download} href={publicMediaPath(url)} download={name}>
      <FileText aria-hidden="true" />
      <span className={styles.name}>{name}</span>
      {size !== undefined && <span className={styles.size}>{fileSize(size)}</span>}
    </a>
  );
}
