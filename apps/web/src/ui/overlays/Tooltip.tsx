import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useWorld } from '../style/World.tsx';
import styles from './Tooltip.module.css';

export interface TooltipProps {
  readonly label: string;
  /** One thing that can have the focus. */
  readonly children: ReactNode;
}

interface Anchor {
  readonly centre: number;
  readonly top: number;
  readonly bottom: number;
}

const DELAY_MS = 500;
/** Room that a tooltip needs below; where there is less it stands above. */
const ROOM = 56;

/**
 * The name of what one rests on, for those who point or come by keyboard. It only shows the name that is said aloud anyway,
 * so it is no more than a drawing, and does without the library that places larger things.
 */
export function Tooltip({ label, children }: TooltipProps) {
  const holder = useRef<HTMLSpanElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [anchor, setAnchor] = useState<Anchor>();
  const show = (): void => {
    const box = holder.current?.firstElementChild?.getBoundingClientRect();
    if (box) setAnchor({ centre: box.left + box.width / 2, top: box.top, bottom: box.bottom });
  };
  const hide = (): void => {
    clearTimeout(timer.current);
    setAnchor(undefined);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (!anchor) return undefined;
    const away = new AbortController();
    const leave = (): void => setAnchor(undefined);
    addEventListener('scroll', leave, { capture: true, signal: away.signal });
    addEventListener('keydown', leave, { capture: true, signal: away.signal });
    return () => away.abort();
  }, [anchor]);
  return (
    <span
      ref={holder}
      className={styles.holder}
      onPointerEnter={(event) => {
        if (event.pointerType === 'mouse') timer.current = setTimeout(show, DELAY_MS);
      }}
      onPointerLeave={hide}
      onPointerDown={hide}
      onFocus={(event) => {
        if (event.target.matches(':focus-visible')) show();
      }}
      onBlur={hide}
    >
      {children}
      {anchor && createPortal(<Label label={label} anchor={anchor} />, document.body)}
    </span>
  );
}

function Label({ label, anchor }: { label: string; anchor: Anchor }) {
  const world = useWorld();
  const above = anchor.bottom + ROOM > innerHeight;
  return (
    <span
      // Kept within the window, whatever its width turns out to be.
      ref={(element) => {
        if (!element) return;
        const half = element.offsetWidth / 2 + 8;
        element.style.left = `${Math.min(innerWidth - half, Math.max(half, anchor.centre))}px`;
      }}
      className={styles.label}
      style={above ? { bottom: innerHeight - anchor.top + 6 } : { top: anchor.bottom + 6 }}
      data-world={world}
      aria-hidden="true"
    >
      {label}
    </span>
  );
}
