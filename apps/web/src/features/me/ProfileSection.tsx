import type { Profile } from '@byline/client/me/own-profile.ts';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { TextField } from '../../ui/controls/TextField.tsx';
import { Pane } from '../../ui/layout/Pane.tsx';
import { useToasts } from '../../ui/overlays/Toast.tsx';
import { Form } from '../auth/Form.tsx';
import { LoadedPart } from './LoadedPart.tsx';
import { ProblemBanner } from './ProblemBanner.tsx';
import { ProfilePicture } from './ProfilePicture.tsx';
import { useAttempt } from './useAttempt.ts';
import { useLoadedProfile, useOwnProfile, useUsername } from './useOwnProfile.ts';
import styles from './Me.module.css';

/** What others see: `/me/profile`. */
export function ProfileSection() {
  const { t } = useTranslation('me');
  const own = useOwnProfile();
  const loaded = useLoadedProfile();
  return (
    <Pane title={t('profile.title')} backTo="/me" body="form">
      <LoadedPart loaded={loaded} onTryAgain={own.reload}>
        {(profile) => (
          <>
            <ProfilePicture profile={profile} />
            <NameForm profile={profile} />
            <Username />
          </>
        )}
      </LoadedPart>
    </Pane>
  );
}

function NameForm({ profile }: { profile: Profile }) {
  const { t } = useTranslation('me');
  const own = useOwnProfile();
  const toasts = useToasts();
  const username = useUsername();
  const [name, setName] = useState(profile.name);
  const { pending, problem, run } = useAttempt();
  const isChanged = name.trim() !== profile.name;

  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!isChanged) return;
    const before = profile.name;
    const isDone = await run(() => own.setName(name.trim()));
    if (!isDone) return;
    const undo = (): void => {
      setName(before);
      void run(() => own.setName(before));
    };
    toasts.show({ message: t('profile.nameSaved'), undo });
  };
  return (
    <Form onSubmit={save}>
      <ProblemBanner problem={problem} />
      <TextField
        label={t('profile.name')}
        hint={t('profile.nameHint', { username })}
        value={name}
        onChange={setName}
        autoComplete="name"
        maxLength={100}
      />
      <div className={styles.actions}>
        <Button type="submit" tone="strong" pending={pending} disabled={!isChanged && !pending}>
          {t('profile.save')}
        </Button>
      </div>
    </Form>
  );
}

function Username() {
  const { t } = useTranslation('me');
  const username = useUsername();
  return (
    <dl className={styles.facts}>
      <dt>{t('profile.username')}</dt>
      <dd translate="no">{username}</dd>
      <dd className={styles.soft}>{t('profile.usernameHint')}</dd>
    </dl>
  );
}
