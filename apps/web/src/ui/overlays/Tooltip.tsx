import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement } from 'react';
import { useWorld } from '../style/World.tsx';
import styles from './Tooltip.module.css';

export interface TooltipProps {
  readonly label: string;
  /** One thing that can have the focus. */
  readonly children: ReactElement;
}

/** The name of what one rests on. It repeats what is there already, and never holds what can't be reached otherwise. */
export function Tooltip({ label, children }: TooltipProps) {
  const world = useWorld();
  return (
    <Base.Root>
      <Base.Trigger render={children} delay={500} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} className={styles.positioner}>
          <Base.Popup className={styles.popup} data-world={world}>
            {label}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
