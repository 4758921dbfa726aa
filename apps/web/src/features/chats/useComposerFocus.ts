import { useEffect } from 'react';
import type { RefObject } from 'react';

/**
 * Gives the field the focus when one begins to answer or to change something.
 * @param reason changes when there is a new reason to write.
 */
export function useComposerFocus(field: RefObject<HTMLTextAreaElement | null>, reason: string | undefined): void {
  useEffect(() => {
    if (reason !== undefined) field.current?.focus();
  }, [field, reason]);
}

const WRITES = 'input, textarea, select, [contenteditable], [role=dialog], [role=menu]';

/** Whoever begins to type while nothing else wants the letters, means the message. */
export function useTypingAnywhere(field: RefObject<HTMLTextAreaElement | null>): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const isLetter = event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey;
      const isFree = event.target instanceof Element && event.target.closest(WRITES) === null;
      if (isLetter && isFree && !event.defaultPrevented) field.current?.focus();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, [field]);
}
