import { useMemo } from 'react';
import { linkedParts } from './linkedParts.ts';

/** Plain text whose addresses can be pressed. */
export function LinkedText({ text }: { text: string }) {
  const parts = useMemo(() => linkedParts(text), [text]);
  return parts.map(({ at, text: part, href }) =>
    href === undefined ? (
      part
    ) : (
      <a key={at} href={href} target="_blank" rel="noopener noreferrer">
        {part}
      </a>
    ),
  );
}
