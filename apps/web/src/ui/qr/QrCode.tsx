import { useMemo } from 'react';
import { modulesOf } from './modules.ts';
import styles from './QrCode.module.css';

/** Bytes as a QR code: dark on white in every theme, because many cameras read no other. */
export function QrCode({ bytes, label }: { bytes: Uint8Array; label: string }) {
  const modules = useMemo(() => modulesOf(bytes), [bytes]);
  const path = modules
    .flatMap((line, row) => line.map((dark, column) => (dark ? `M${column} ${row}h1v1h-1z` : '')))
    .join('');
  return (
    <svg
      className={styles.code}
      viewBox={`0 0 ${modules.length} ${modules.length}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect className={styles.ground} width={modules.length} height={modules.length} />
      <path className={styles.modules} d={path} />
    </svg>
  );
}
