import type { PostBody } from '@byline/client/posts/post-body.ts';
import type { Message } from '@byline/client/timeline/message.ts';
import { ImageOff } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { LinkedText } from './LinkedText.tsx';
import styles from './PictureCard.module.css';
import { UploadProgress } from './UploadProgress.tsx';
import { useMediaAddress } from './useMediaAddress.ts';

const PictureViewer = lazy(async () => ({ default: (await import('./PictureViewer.tsx')).PictureViewer }));

/** What a bubble has room for, in pixels, and twice as many to be fetched for sharp screens. */
const LONGEST = 320;
const SMALLEST = 88;
const FETCHED = { width: 800, height: 800, method: 'scale' } as const;
const SQUARE = 240;

type Picture = Extract<PostBody, { kind: 'picture' }>;

/** The room that a picture takes before it is there, so that nothing moves when it comes. */
function roomFor({ width, height }: Picture): CSSProperties {
  if (!width || !height) return { width: SQUARE, aspectRatio: '1' };
  const scale = Math.min(1, LONGEST / Math.max(width, height));
  return {
    width: Math.max(SMALLEST, Math.round(width * scale)),
    aspectRatio: `${Math.max(width * scale, SMALLEST)} / ${Math.max(height * scale, SMALLEST)}`,
  };
}

/** A picture in a bubble; press it to see all of it. */
export function PictureCard({ message, content }: { message: Message; content: Picture }) {
  const { t } = useTranslation('chats');
  const [isOpen, setIsOpen] = useState(false);
  // What moves would stand still as a smaller copy.
  const size = content.type === 'image/gif' ? undefined : FETCHED;
  const sealed = content.thumbnail ?? content.sealed;
  const { state, value } = useMediaAddress(sealed?.url ?? content.url, size, sealed);
  return (
    <div className={styles.card}>
      <button
        type="button"
        className={styles.picture}
        style={roomFor(content)}
        aria-label={t('picture.open', { name: content.name })}
        disabled={message.progress !== undefined}
        onClick={() => setIsOpen(true)}
      >
        {value !== undefined && <img src={value} alt="" draggable={false} />}
        {state === 'failed' && value === undefined && (
          <span className={styles.failed}>
            <ImageOff aria-hidden="true" />
            {t('picture.failed')}
          </span>
        )}
      </button>
      {message.progress !== undefined && <UploadProgress message={message} />}
      {content.caption && (
        <p className={styles.caption}>
          <LinkedText text={content.caption.plain} />
        </p>
      )}
      {isOpen && (
        <Suspense fallback={null}>
          <PictureViewer message={message} content={content} preview={value} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}
