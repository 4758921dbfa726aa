import type { Profile } from '@byline/client/me/own-profile.ts';
import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { Progress } from '../../ui/feedback/Progress.tsx';
import { Avatar } from '../../ui/identity/Avatar.tsx';
import { useToasts } from '../../ui/overlays/Toast.tsx';
import { Hidden } from '../../ui/style/Hidden.tsx';
import { useAccount } from '../session/session.tsx';
import { ProblemBanner } from './ProblemBanner.tsx';
import { useAttempt } from './useAttempt.ts';
import { useOwnPicture, useOwnProfile, useUsername } from './useOwnProfile.ts';
import styles from './Me.module.css';

const PICTURES = 'image/jpeg,image/png,image/webp,image/gif,image/avif';

/** One's picture, another one, or none. */
export function ProfilePicture({ profile }: { profile: Profile }) {
  const { t } = useTranslation('me');
  const own = useOwnProfile();
  const { userId } = useAccount();
  const username = useUsername();
  const toasts = useToasts();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [share, setShare] = useState<number>();
  const { pending, problem, run } = useAttempt();
  const address = useOwnPicture(profile.picture);

  const change = async (message: string, act: () => Promise<void>): Promise<void> => {
    const before = profile.picture;
    const isDone = await run(act);
    setShare(undefined);
    if (isDone) toasts.show({ message, undo: () => void run(() => own.setPicture(before)) });
  };
  const choose = (file: File | undefined): void => {
    if (file) void change(t('profile.pictureSaved'), () => own.choosePicture(file, setShare));
  };
  return (
    <section className={styles.picture} aria-label={t('profile.picture')}>
      <Avatar name={profile.name || username} id={userId} picture={address} size={96} />
      <div className={styles.about}>
        <p className={styles.soft}>{t('profile.pictureHint')}</p>
        <div className={styles.actions}>
          <Hidden>
            <label htmlFor={id}>{t('profile.choose')}</label>
            <input
              ref={input}
              id={id}
              type="file"
              accept={PICTURES}
              tabIndex={-1}
              onChange={(event) => {
                choose(event.target.files?.[0]);
                event.target.value = '';
              }}
            />
          </Hidden>
          <Button size="s" pending={pending} onClick={() => input.current?.click()}>
            {profile.picture === undefined ? t('profile.choose') : t('profile.chooseOther')}
          </Button>
          {profile.picture !== undefined && (
            <Button
              size="s"
              tone="quiet"
              onClick={() => void change(t('profile.pictureRemoved'), () => own.setPicture(undefined))}
            >
              {t('profile.remove')}
            </Button>
          )}
        </div>
        {share !== undefined && pending && <Progress label={t('profile.uploading')} share={share} />}
      </div>
      <ProblemBanner problem={problem} />
    </section>
  );
}
