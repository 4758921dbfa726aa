import { useTranslation } from 'react-i18next';
import { Switch } from '../../ui/controls/Switch.tsx';
import { Dialog } from '../../ui/overlays/Dialog.tsx';
import { useChoice } from '../preferences/choice.ts';
import { shortcutChoice, SHORTCUTS } from './shortcuts.ts';
import styles from './ShortcutHelp.module.css';

/** What the letters do, and the switch that turns them off. */
export function ShortcutHelp({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { t } = useTranslation('desk');
  const choice = useChoice(shortcutChoice);
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('shortcuts.title')}>
      <dl className={styles.list}>
        {SHORTCUTS.map(([key, name]) => (
          <div key={key} className={styles.line}>
            <dt>
              <kbd className={styles.key}>{key}</kbd>
            </dt>
            <dd>{t(`shortcuts.${name}`)}</dd>
          </div>
        ))}
      </dl>
      <Switch
        label={t('shortcuts.use')}
        checked={choice === 'on'}
        onChange={(on) => shortcutChoice.write(on ? 'on' : 'off')}
      />
    </Dialog>
  );
}
