import { aroundMatch, partsOf } from '@byline/client/search/found.ts';
import styles from './Search.module.css';

/** One line of what was said, with the words marked that one looks for. */
export function MarkedText({ text, words }: { text: string; words: string }) {
  let at = 0;
  return partsOf(aroundMatch(text, words), words).map((part) => {
    at += part.text.length;
    return part.isMatch ? (
      <mark key={at} className={styles.mark}>
        {part.text}
      </mark>
    ) : (
      part.text
    );
  });
}
