import { Drawer } from '@base-ui/react/drawer';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { X } from 'lucide-react';
import { IconButton } from '../controls/IconButton.tsx';
import { useWorld } from '../style/World.tsx';
import styles from './Sheet.module.css';

export interface SheetProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly children: ReactNode;
}

/** On a phone: a sheet that rises from the bottom, near the thumb, and is swiped or pressed away. */
export function Sheet({ open, onOpenChange, title, children }: SheetProps) {
  const { t } = useTranslation('ui');
  const world = useWorld();
  return (
    <Drawer.Root open={open} onOpenChange={(next) => onOpenChange(next)} swipeDirection="down">
      <Drawer.Portal>
        <Drawer.Backdrop className={styles.backdrop} />
        <Drawer.Viewport className={styles.viewport}>
          <Drawer.Popup className={styles.popup} data-world={world}>
            <div className={styles.grip} aria-hidden="true" />
            <div className={styles.head}>
              <Drawer.Title className={styles.title}>{title}</Drawer.Title>
              <Drawer.Close render={<IconButton label={t('close')} icon={<X />} tooltip={false} />} />
            </div>
            <Drawer.Content className={styles.content}>{children}</Drawer.Content>
          </Drawer.Popup>
        </Drawer.Viewport>
      </Drawer.Portal>
    </Drawer.Root>
  );
}
