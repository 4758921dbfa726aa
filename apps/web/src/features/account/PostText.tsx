import { publicMediaPath } from '@byline/client/posts/media-address.ts';
import type { PostText as Text } from '@byline/client/posts/post-body.ts';
import { classNames } from '../../ui/style/classNames.ts';
import { SafeHtml } from '../../ui/text/SafeHtml.tsx';
import styles from './PostText.module.css';

const addressOf = (mxc: string): string | undefined => publicMediaPath(mxc);

/** Which of the two scripts a text is mostly written in, so that it is set as that one is read. */
const scriptOf = (text: string): 'zh' | undefined => {
  const ideographs = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  return ideographs * 3 > text.length ? 'zh' : undefined;
};

/** What was written, set to be read. */
export function PostText({ text, small = false }: { text: Text; small?: boolean }) {
  const lang = scriptOf(text.plain);
  if (text.html !== undefined) {
    return (
      <div className={small ? styles.small : undefined}>
        <SafeHtml html={text.html} look="article" addressOf={addressOf} lang={lang} />
      </div>
    );
  }
  return (
    <p className={classNames(styles.plain, small && styles.small)} lang={lang}>
      {text.plain}
    </p>
  );
}
