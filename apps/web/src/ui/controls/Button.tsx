import type { ComponentProps, ReactNode } from 'react';
import { Link } from 'wouter';
import { classNames } from '../style/classNames.ts';
import styles from './Button.module.css';

export type ButtonTone = 'strong' | 'soft' | 'quiet' | 'danger';

interface Look {
  /** `strong` is the one thing to do on a screen; `soft` the others; `quiet` has no ground; `danger` takes something away. */
  readonly tone?: ButtonTone | undefined;
  readonly size?: 'm' | 's' | undefined;
  readonly icon?: ReactNode;
  /** As wide as its place. */
  readonly wide?: boolean | undefined;
  readonly children: ReactNode;
}

export interface ButtonProps extends Look, Omit<ComponentProps<'button'>, 'children' | 'className'> {
  /** What it started is under way: it stays in its place, keeps the focus, and can't be pressed again. */
  readonly pending?: boolean | undefined;
}

const look = ({ tone = 'soft', size = 'm', wide = false }: Omit<Look, 'children'>): string =>
  classNames(styles.button, styles[tone], styles[size], wide && styles.wide);

export function Button({
  tone,
  size,
  icon,
  wide,
  pending = false,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className={look({ tone, size, wide })}
      aria-disabled={pending || undefined}
      aria-busy={pending || undefined}
      onClick={(event) => {
        if (pending) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {icon}
      <span className={styles.label}>{children}</span>
      {pending && <span className={styles.pending} aria-hidden="true" />}
    </button>
  );
}

export interface LinkButtonProps extends Look {
  readonly href: string;
}

/** A link that looks like a button: it goes somewhere, it doesn't do something. */
export function LinkButton({ href, tone, size, icon, wide, children }: LinkButtonProps) {
  return (
    <Link href={href} className={look({ tone, size, wide })}>
      {icon}
      <span className={styles.label}>{children}</span>
    </Link>
  );
}
