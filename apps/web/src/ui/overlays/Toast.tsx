import { Toast as Base } from '@base-ui/react/toast';
import { CircleAlert, X } from 'lucide-react';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../controls/IconButton.tsx';
import styles from './Toast.module.css';

const NORMAL_MS = 6000;
/** Longer when there is something to decide. */
const WITH_ACTION_MS = 10_000;

export interface ToastNotice {
  readonly message: string;
  /** `problem` stays until it is answered or closed. */
  readonly tone?: 'problem' | undefined;
  /** Offers to take back what was just done. */
  readonly undo?: (() => void) | undefined;
  /** Offers to do again what failed. */
  readonly tryAgain?: (() => void) | undefined;
}

export interface Toasts {
  /** Shows a notice and returns its id. */
  readonly show: (notice: ToastNotice) => string;
  readonly close: (id: string) => void;
}

/** Stands once around the app: holds the notices and shows them, above everything. */
export function ToastProvider({ children }: { children: ReactNode }) {
  return (
    <Base.Provider limit={3}>
      {children}
      <ToastStack />
    </Base.Provider>
  );
}

/** To tell what was done or failed, without asking for an answer. */
export function useToasts(): Toasts {
  const { t } = useTranslation('ui');
  const { add, close } = Base.useToastManager();
  return useMemo(() => {
    const show = ({ message, tone, undo, tryAgain }: ToastNotice): string => {
      const action = undo ?? tryAgain;
      const id: string = add({
        title: message,
        ...(tone && { type: tone }),
        timeout: tone === 'problem' ? 0 : action ? WITH_ACTION_MS : NORMAL_MS,
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
      return id;
    };
    return { show, close };
  }, [add, close, t]);
}

function ToastStack() {
  const { t } = useTranslation('ui');
  const { toasts } = Base.useToastManager();
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
