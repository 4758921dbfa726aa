import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { useWorld } from '../style/World.tsx';
import { classNames } from '../style/classNames.ts';
import styles from './Menu.module.css';

export interface MenuItem {
  readonly key: string;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly tone?: 'danger' | undefined;
  readonly disabled?: boolean | undefined;
  /** A tick before it; `false` keeps the room for one. */
  readonly checked?: boolean | undefined;
  readonly onSelect: () => void;
}

export interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement;
  /** Groups are set apart by a line. */
  readonly groups: readonly (readonly MenuItem[])[];
  readonly align?: 'start' | 'end' | undefined;
}

/** A few things to do with what was pressed. */
export function Menu({ trigger, groups, align = 'end' }: MenuProps) {
  const world = useWorld();
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} sideOffset={4} collisionPadding={8} className={styles.positioner}>
          <Base.Popup className={styles.popup} data-world={world}>
            {groups.map((items) => (
              <Base.Group key={items.map((item) => item.key).join()} className={styles.group}>
                {items.map((item) => (
                  <Base.Item
                    key={item.key}
                    className={classNames(styles.item, item.tone && styles[item.tone])}
                    disabled={item.disabled}
                    onClick={item.onSelect}
                  >
                    <span className={styles.icon} aria-hidden="true">
                      {item.checked ? <Check /> : item.icon}
                    </span>
                    {item.label}
                  </Base.Item>
                ))}
              </Base.Group>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
