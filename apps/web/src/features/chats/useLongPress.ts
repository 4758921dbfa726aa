import { useEffect, useRef } from 'react';
import type { MouseEvent, PointerEvent } from 'react';

/** Milliseconds from which on a touch means more than a press. */
const LONG = 450;
/** Pixels that a resting finger may wander. */
const STEADY = 10;

/** Hears a finger that rests; a mouse has other ways. */
export function useLongPress(onLongPress: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const from = useRef({ x: 0, y: 0 });
  const lift = (): void => clearTimeout(timer.current);
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    onPointerDown: (event: PointerEvent): void => {
      lift();
      if (event.pointerType !== 'touch') return;
      from.current = { x: event.clientX, y: event.clientY };
      timer.current = setTimeout(onLongPress, LONG);
    },
    onPointerMove: (event: PointerEvent): void => {
      const { x, y } = from.current;
      if (Math.hypot(event.clientX - x, event.clientY - y) > STEADY) lift();
    },
    onPointerUp: lift,
    onPointerCancel: lift,
    // The browser's own menu for a long touch would cover ours.
    onContextMenu: (event: MouseEvent<HTMLElement>): void => {
      if ('pointerType' in event.nativeEvent && event.nativeEvent.pointerType === 'touch') event.preventDefault();
    },
  };
}
