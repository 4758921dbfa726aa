import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { classNames } from '../style/classNames.ts';
import { BackButton } from './BackButton.tsx';
import { hasMoved } from './navigation.ts';
import { usePanePlace } from './Panes.tsx';
import styles from './Pane.module.css';

export interface PaneProps {
  /** The heading, and the document's title while the pane is in front. */
  readonly title: string;
  /** What stands in place of the plain title (a face, a name, a seal); the title is still what is announced. */
  readonly heading?: ReactNode;
  /** The address of the screen above; gives a back button where the list is not in sight. */
  readonly backTo?: string | undefined;
  /** It is a step further than what the list leads to, so the way back is wanted on a wide screen, too. */
  readonly deep?: boolean | undefined;
  /** Icon buttons at the end of the head. */
  readonly actions?: ReactNode;
  /** Under the head, above the body, always in sight: a search field, a banner. */
  readonly top?: ReactNode;
  /** Under the body, always in sight: a composer. */
  readonly bottom?: ReactNode;
  /** `scroll` for a page; `fill` for a list that scrolls by itself; `form` for a narrow page of fields. */
  readonly body?: 'scroll' | 'fill' | 'form' | undefined;
  readonly children: ReactNode;
}

/** A screen's frame: head, body, and what stays above and below it. */
export function Pane({
  title,
  heading,
  backTo,
  deep = false,
  actions,
  top,
  bottom,
  body = 'scroll',
  children,
}: PaneProps) {
  const { inFront } = usePanePlace();
  const titleRef = useScreenTitle(title, inFront);
  const Heading = inFront ? 'h1' : 'h2';
  return (
    <section className={styles.pane} aria-label={title}>
      <header className={styles.head}>
        {backTo !== undefined && (
          <span className={styles.back} data-deep={deep || undefined}>
            <BackButton to={backTo} />
          </span>
        )}
        <Heading
          ref={titleRef}
          tabIndex={-1}
          className={styles.title}
          aria-label={heading === undefined ? undefined : title}
        >
          {heading ?? title}
        </Heading>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {top && <div className={styles.top}>{top}</div>}
      <div className={classNames(styles.body, styles[body])}>
        {body === 'form' ? <div className={styles.narrow}>{children}</div> : children}
      </div>
      {bottom && <div className={styles.bottom}>{bottom}</div>}
    </section>
  );
}

/** Names the document after the screen in front, and moves the focus to its heading when one came here from another. */
export function useScreenTitle(title: string, inFront: boolean) {
  const { t } = useTranslation('ui');
  const [location] = useLocation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (inFront) document.title = t('titleOf', { title });
  }, [inFront, title, t]);
  const shown = useRef<string>(undefined);
  useEffect(() => {
    if (shown.current === location) return;
    shown.current = location;
    if (inFront && hasMoved()) heading.current?.focus({ preventScroll: true });
  }, [inFront, location]);
  return heading;
}
