import { useEffect } from 'react';
import type { RefObject } from 'react';

/**
 * Gives the field the focus when one begins to answer or to change something; and when a conversation opens, where that
 * brings up no keyboard on the screen.
 * @param reason changes when there is a new reason to write.
 */
export function useComposerFocus(field: RefObject<HTMLTextAreaElement | null>, reason: string | undefined): void {
  useEffect(() => {
    if (reason !== undefined) field.current?.focus();
  }, [field, reason]);
}
