import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Popover } from '../overlays/Popover.tsx';
import { classNames } from '../style/classNames.ts';
import { SIGNS, SQUARE } from './signs.tsx';
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

const PIXELS = { s: 16, m: 20, l: 32 } as const;

/** Byline's only mark of trust: a carved sign in a vermilion square. It is never shown for an account that was not verified. */
export function Seal({ kind, size = 'm', explanation }: SealProps) {
  const { t } = useTranslation('ui');
  const name = t(`seal.${kind}`);
  if (explanation === undefined) {
    return (
      <span className={styles.seal} role="img" aria-label={name} title={name}>
        <Carving kind={kind} pixels={PIXELS[size]} />
      </span>
    );
  }
  const button = (
    <button
      type="button"
      className={classNames(styles.seal, styles.button)}
      aria-label={t('seal.explain', { kind: name })}
    >
      <Carving kind={kind} pixels={PIXELS[size]} />
    </button>
  );
  return (
    <Popover trigger={button} title={name}>
      {explanation}
    </Popover>
  );
}

function Carving({ kind, pixels }: { kind: SealKind; pixels: number }) {
  return (
    <svg width={pixels} height={pixels} viewBox="0 0 32 32" aria-hidden="true">
      <path d={SQUARE} className={styles.square} />
      <g className={styles.carved}>{SIGNS[kind]}</g>
    </svg>
  );
}
