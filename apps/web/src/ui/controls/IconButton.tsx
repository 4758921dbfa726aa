import type { ComponentProps, ReactNode } from 'react';
import { Tooltip } from '../overlays/Tooltip.tsx';
import { classNames } from '../style/classNames.ts';
import styles from './IconButton.module.css';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'className' | 'aria-label'> {
  /** What it does, in words: said aloud, and shown when one rests on it. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly tone?: 'quiet' | 'strong' | 'danger' | undefined;
  /** For a button that stays pressed. */
  readonly pressed?: boolean | undefined;
  /** Off where the button opens something at once that covers it. */
  readonly tooltip?: boolean | undefined;
}

/** A picture to press, 44 px on each side. */
export function IconButton({
  label,
  icon,
  tone = 'quiet',
  pressed,
  tooltip = true,
  type = 'button',
  ...rest
}: IconButtonProps) {
  const button = (
    <button
      {...rest}
      type={type}
      className={classNames(styles.button, styles[tone])}
      aria-label={label}
      aria-pressed={pressed}
    >
      {icon}
    </button>
  );
  return tooltip ? <Tooltip label={label}>{button}</Tooltip> : button;
}
