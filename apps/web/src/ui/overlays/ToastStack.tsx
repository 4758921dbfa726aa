import { Toast as Base } from '@base-ui/react/toast';
import { CircleAlert, X } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../controls/IconButton.tsx';
import type { Outbox, ToastNotice } from './Toast.tsx';
import styles from './Toast.module.css';

const NORMAL_MS = 6000;
/** Longer when there is something to decide. */
const WITH_ACTION_MS = 10_000;
const AT_ONCE = 3;

/** The notices that are shown now. Fetched with the first of them. */
export default function ToastStack({ outbox }: { outbox: Outbox }) {
  return (
    <Base.Provider limit={AT_ONCE}>
      <Stack outbox={outbox} />
    </Base.Provider>
  );
}

const timeoutOf = ({ tone, undo, tryAgain }: ToastNotice): number => {
  if (tone === 'problem') return 0;
  return undo || tryAgain ? WITH_ACTION_MS : NORMAL_MS;
};

function Stack({ outbox }: { outbox: Outbox }) {
  const { t } = useTranslation('ui');
  const { toasts, add, close } = Base.useToastManager();
  useEffect(() => {
    const show = (notice: ToastNotice): void => {
      const { message, tone, undo, tryAgain } = notice;
      const action = undo ?? tryAgain;
      const id: string = add({
        title: message,
        timeout: timeoutOf(notice),
        ...(tone && { type: tone }),
        ...(action && {
          actionProps: {
            children: undo ? t('undo') : t('tryAgain'),
            onClick: () => {
              close(id);
              action();
            },
          },
        }),
      });
    };
    const showAll = (): void => outbox.take().forEach(show);
    showAll();
    return outbox.subscribe(showAll);
  }, [outbox, add, close, t]);
  return (
    <Base.Portal>
      <Base.Viewport className={styles.viewport} aria-label={t('notifications')}>
        {toasts.map((toast) => (
          <Base.Root key={toast.id} toast={toast} className={styles.toast}>
            <Base.Content className={styles.content}>
              {toast.type === 'problem' && <CircleAlert className={styles.icon} aria-hidden="true" />}
              <Base.Title className={styles.message} />
              {toast.actionProps && <Base.Action className={styles.action} />}
              {/* It may be reached at any time, not only once the stack has the focus. */}
              <Base.Close aria-hidden={false} render={<IconButton label={t('close')} icon={<X />} tooltip={false} />} />
            </Base.Content>
          </Base.Root>
        ))}
      </Base.Viewport>
    </Base.Portal>
  );
}
