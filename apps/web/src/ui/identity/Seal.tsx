import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Popover } from '../overlays/Popover.tsx';
import { classNames } from '../style/classNames.ts';
import { FRAME, SIGNS, SQUARE } from './signs.tsx';
import styles from './Seal.module.css';

/** What a publisher can be. */
export type SealKind = 'person' | 'company' | 'media' | 'government' | 'organisation';

export interface SealProps {
  readonly kind: SealKind;
  readonly size?: 's' | 'm' | 'l' | undefined;
  /**
   * What was checked, how, when, until when, which label, and the way to the account's history.
   * With it the seal is a button; without it (inside a row that is a link itself) it only says what it is.
   */
  readonly explanation?: ReactNode;
}

const PIXELS = { s: 16, m: 20, l: 40 } as const;

/** Byline's only mark of trust: a carved sign in a vermilion square. It is never shown for an account that was not verified. */
export function Seal({ kind, size = 'm', explanation }: SealProps) {
  const { t } = useTranslation('ui');
  const name = t(`seal.${kind}`);
  if (explanation === undefined) {
    return (
      <span className={styles.seal} role="img" aria-label={name} title={name}>
        <Carving kind={kind} size={size} />
      </span>
    );
  }
  const button = (
    <button
      type="button"
      className={classNames(styles.seal, styles.button)}
      aria-label={t('seal.explain', { kind: name })}
    >
      <Carving kind={kind} size={size} />
    </button>
  );
  return (
    <Popover trigger={button} title={name}>
      {explanation}
    </Popover>
  );
}

/** Large enough, the stone shows the line that its carver cut around the sign. */
function Carving({ kind, size }: { kind: SealKind; size: keyof typeof PIXELS }) {
  const framed = size === 'l';
  return (
    <svg width={PIXELS[size]} height={PIXELS[size]} viewBox="0 0 32 32" aria-hidden="true">
      <path d={SQUARE} className={styles.square} />
      {framed && <path d={FRAME} className={styles.frame} />}
      <g className={styles.carved} transform={framed ? 'translate(3.4 3.3) scale(0.79)' : undefined}>
        {SIGNS[kind]}
      </g>
    </svg>
  );
}
