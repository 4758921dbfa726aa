import { useEffect, useRef } from 'react';
import type { MouseEvent, PointerEvent } from 'react';

/** Milliseconds from which on a touch means more than a press. */
const LONG = 450;
/** Pixels that a resting finger may wander. */
const STEADY = 10;

/** A short word to the finger that it may lift, in milliseconds. */
const BUZZ = 12;

/** Hears a finger that has rested, when it lifts: what opens must not catch that very lift. A mouse has other ways. */
export function useLongPress(onLongPress: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const from = useRef({ x: 0, y: 0 });
  const rested = useRef(false);
  const lift = (): void => clearTimeout(timer.current);
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    onPointerDown: (event: PointerEvent): void => {
      lift();
      rested.current = false;
      if (event.pointerType !== 'touch') return;
      from.current = { x: event.clientX, y: event.clientY };
      timer.current = setTimeout(() => {
        rested.current = true;
        // Not every browser can.
        if ('vibrate' in navigator) navigator.vibrate(BUZZ);
      }, LONG);
    },
    onPointerMove: (event: PointerEvent): void => {
      const { x, y } = from.current;
      if (Math.hypot(event.clientX - x, event.clientY - y) <= STEADY) return;
      lift();
      rested.current = false;
    },
    onPointerUp: (): void => {
      lift();
      if (rested.current) onLongPress();
    },
    // A link under the finger was not meant.
    onClickCapture: (event: MouseEvent): void => {
      if (!rested.current) return;
      rested.current = false;
      event.preventDefault();
      event.stopPropagation();
    },
    onPointerCancel: lift,
    // The browser's own menu for a long touch would cover ours.
    onContextMenu: (event: MouseEvent<HTMLElement>): void => {
      if ('pointerType' in event.nativeEvent && event.nativeEvent.pointerType === 'touch') event.preventDefault();
    },
  };
}
