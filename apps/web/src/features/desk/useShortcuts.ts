import { useEffect, useRef } from 'react';
import { useChoice } from '../preferences/choice.ts';
import { isForShortcuts, shortcutChoice } from './shortcuts.ts';
import type { ShortcutKey } from './shortcuts.ts';

/** Has letters do something while a part of the desk is shown. */
export function useShortcuts(actions: Readonly<Partial<Record<ShortcutKey, () => void>>>): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  const choice = useChoice(shortcutChoice);
  useEffect(() => {
    if (choice === 'off') return undefined;
    const gone = new AbortController();
    const listen = (event: KeyboardEvent): void => {
      const action = latest.current[event.key as ShortcutKey];
      if (action === undefined || !isForShortcuts(event)) return;
      event.preventDefault();
      action();
    };
    addEventListener('keydown', listen, { signal: gone.signal });
    return () => gone.abort();
  }, [choice]);
}
