import { useMemo } from 'react';
import { classNames } from '../style/classNames.ts';
import { sanitise } from './sanitise.ts';
import styles from './SafeHtml.module.css';

export interface SafeHtmlProps {
  /** As it came, trusted in nothing. */
  readonly html: string;
  /** `message` in a bubble, `article` in the reading serif. */
  readonly look?: 'message' | 'article' | undefined;
  /** Where the content of an `mxc://` address is fetched. Without it pictures become their text. Keep it the same between renderings. */
  readonly addressOf?: ((mxc: string) => string | undefined) | undefined;
  readonly lang?: string | undefined;
}

const noAddress = (): undefined => undefined;

/** Formatted text of others, with nothing in it that could act. */
export function SafeHtml({ html, look = 'message', addressOf = noAddress, lang }: SafeHtmlProps) {
  const safe = useMemo(() => sanitise(html, addressOf), [html, addressOf]);
  return (
    <div className={classNames(styles.html, styles[look])} lang={lang} dangerouslySetInnerHTML={{ __html: safe }} />
  );
}
