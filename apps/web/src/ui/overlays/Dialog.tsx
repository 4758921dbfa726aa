import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../controls/IconButton.tsx';
import { useWorld } from '../style/World.tsx';
import styles from './Dialog.module.css';

export interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description?: ReactNode;
  /** Buttons: the quiet one first, the one to do last. */
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

/** Where one writes. */
const FIELD = 'input, textarea';

/**
 * A question that has to be answered before one goes on. The focus stays inside and goes back afterwards: it begins where one
 * writes, and else at the question, for a dialog may come while one types and nothing should be pressed by that.
 */
export function Dialog({ open, onOpenChange, title, description, actions, children }: DialogProps) {
  const { t } = useTranslation('ui');
  const world = useWorld();
  const popup = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Popup
          ref={popup}
          className={styles.popup}
          data-world={world}
          initialFocus={(openedBy) =>
            (openedBy === 'touch' ? null : body.current?.querySelector(FIELD)) ?? popup.current
          }
        >
          <div className={styles.head}>
            <Base.Title className={styles.title}>{title}</Base.Title>
            <Base.Close render={<IconButton label={t('close')} icon={<X />} tooltip={false} />} />
          </div>
          <div
            ref={(element) => {
              body.current = element;
              return reachable(element);
            }}
            className={styles.body}
          >
            {description && <Base.Description className={styles.description}>{description}</Base.Description>}
            {children}
          </div>
          {actions && <div className={styles.actions}>{actions}</div>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** What scrolls must be reachable by keyboard, also when nothing inside can take the focus. */
function reachable(element: HTMLElement | null): (() => void) | undefined {
  if (!element) return undefined;
  const observer = new ResizeObserver(() => {
    if (element.scrollHeight > element.clientHeight) element.tabIndex = 0;
    else element.removeAttribute('tabindex');
  });
  observer.observe(element);
  return () => observer.disconnect();
}
