import { useState } from 'react';
import type { CSSProperties } from 'react';
import { classNames } from '../style/classNames.ts';
import { hueOf, initialsOf } from './initials.ts';
import styles from './Avatar.module.css';

export interface AvatarProps {
  readonly name: string;
  /** What stays when the name changes (the user's or room's id): it decides the colour. The name when absent. */
  readonly id?: string | undefined;
  /** The address of a picture; the initials stand in until it is there, and when it can't be had. */
  readonly picture?: string | undefined;
  readonly size?: 24 | 32 | 40 | 48 | 64 | 96 | undefined;
  /** People and groups are round, public accounts square. */
  readonly shape?: 'round' | 'square' | undefined;
}

/** A face or its initials, for looks: the name always stands beside it in words. */
export function Avatar({ name, id = name, picture, size = 48, shape = 'round' }: AvatarProps) {
  const [failed, setFailed] = useState<string>();
  const hue = hueOf(id);
  const colours: CSSProperties = {
    width: size,
    height: size,
    fontSize: Math.round(size * 0.38),
    background: `var(--avatar-${hue})`,
    color: `var(--avatar-${hue}-text)`,
  };
  return (
    <span className={classNames(styles.avatar, styles[shape])} style={colours} aria-hidden="true">
      {initialsOf(name)}
      {picture && picture !== failed && <img src={picture} alt="" loading="lazy" onError={() => setFailed(picture)} />}
    </span>
  );
}
