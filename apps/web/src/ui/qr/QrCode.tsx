import { useMemo } from 'react';
import styles from './QrCode.module.css';
import { qrCodeOf } from './qrCode.ts';

/** Readers want so many light modules around it. */
const QUIET = 4;

/** Bytes as a QR code: dark on white in every theme, because many cameras read no other. */
export function QrCode({ bytes, label }: { bytes: Uint8Array; label: string }) {
  const modules = useMemo(() => qrCodeOf(bytes), [bytes]);
  const size = modules.length + 2 * QUIET;
  const path = modules
    .flatMap((line, row) => line.map((dark, column) => (dark ? `M${column + QUIET} ${row + QUIET}h1v1h-1z` : '')))
    .join('');
  return (
    <svg
      className={styles.code}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect className={styles.ground} width={size} height={size} />
      <path className={styles.modules} d={path} />
    </svg>
  );
}
