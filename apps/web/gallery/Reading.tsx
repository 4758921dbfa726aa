import { SafeHtml } from '../src/ui/text/SafeHtml.tsx';
import { useSamples } from './samples.ts';
import styles from './gallery.module.css';

export function Reading() {
  const { article, formatted } = useSamples();
  return (
    <>
      <div className={styles.bubble}>
        <SafeHtml html={formatted} />
      </div>
      <SafeHtml look="article" html={article} />
    </>
  );
}
