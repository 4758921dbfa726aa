import { useRef, useState } from 'react';
import type { MouseEvent, PointerEvent } from 'react';

/** Milliseconds from which on a press is a hold: it ends when one lets go. A shorter one is a tap. */
const HOLD = 400;
/** Pixels to slide towards the start of the line until it is cancelled. */
const WAY = 96;

interface Hold {
  /** Something is to begin; true when it did. */
  readonly onPress: () => boolean;
  /** The finger was lifted after a hold. */
  readonly onRelease: () => void;
  readonly onSlideAway: () => void;
  /** A press of the keyboard, or a tap that did not begin anything. */
  readonly onTap: () => void;
}

/** A button that is tapped, held, or held and slid away, with touch or mouse; the keyboard taps. */
export function useHold({ onPress, onRelease, onSlideAway, onTap }: Hold) {
  const pressed = useRef<{ readonly x: number; readonly at: number }>(undefined);
  const began = useRef(false);
  /** How far it was slid, from 0 to 1; `undefined` while nothing is held. */
  const [slid, setSlid] = useState<number>();

  const lift = (): void => {
    pressed.current = undefined;
    setSlid(undefined);
  };
  return {
    slid,
    handlers: {
      onPointerDown: (event: PointerEvent<HTMLElement>): void => {
        began.current = event.button === 0 && onPress();
        if (!began.current) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        pressed.current = { x: event.clientX, at: event.timeStamp };
        setSlid(0);
      },
      onPointerMove: (event: PointerEvent): void => {
        if (!pressed.current) return;
        const share = Math.min(1, Math.max(0, (pressed.current.x - event.clientX) / WAY));
        setSlid(share);
        if (share < 1) return;
        lift();
        onSlideAway();
      },
      onPointerUp: (event: PointerEvent): void => {
        if (!pressed.current) return;
        const isHold = event.timeStamp - pressed.current.at >= HOLD;
        lift();
        if (isHold) onRelease();
      },
      // The browser took the pointer, to ask for the microphone for one: what began goes on as after a tap.
      onPointerCancel: lift,
      onClick: (event: MouseEvent): void => {
        const isOfThisPress = began.current && event.detail > 0;
        began.current = false;
        if (!isOfThisPress) onTap();
      },
      // A long touch would open the menu of the browser.
      onContextMenu: (event: MouseEvent): void => event.preventDefault(),
    },
  };
}
