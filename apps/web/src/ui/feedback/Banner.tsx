import { CircleAlert, Info, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../controls/IconButton.tsx';
import { classNames } from '../style/classNames.ts';
import styles from './Banner.module.css';

export type BannerTone = 'info' | 'warning' | 'danger';

export interface BannerProps {
  readonly tone?: BannerTone | undefined;
  readonly title?: string | undefined;
  /** What holds, why, and what to do. */
  readonly children: ReactNode;
  readonly action?: ReactNode;
  readonly onDismiss?: (() => void) | undefined;
}

const ICONS = { info: Info, warning: TriangleAlert, danger: CircleAlert } as const satisfies Record<
  BannerTone,
  typeof Info
>;

/** Something that holds for the whole screen until it changes: a rule of the provider, a lost connection. */
export function Banner({ tone = 'info', title, children, action, onDismiss }: BannerProps) {
  const { t } = useTranslation('ui');
  const Icon = ICONS[tone];
  return (
    <div className={classNames(styles.banner, styles[tone])} role={tone === 'danger' ? 'alert' : 'status'}>
      <Icon className={styles.icon} aria-hidden="true" />
      <div className={styles.text}>
        {title && <p className={styles.title}>{title}</p>}
        <div>{children}</div>
        {action && <div className={styles.action}>{action}</div>}
      </div>
      {onDismiss && (
        <span className={styles.dismiss}>
          <IconButton label={t('close')} icon={<X />} onClick={onDismiss} />
        </span>
      )}
    </div>
  );
}
