import {
  ChevronRight,
  KeyRound,
  LogOut,
  MonitorSmartphone,
  Newspaper,
  Palette,
  ShieldCheck,
  Stamp,
  UserRound,
  UserX,
} from 'lucide-react';
import type { ComponentType, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { EmptyState } from '../../ui/feedback/EmptyState.tsx';
import { Avatar } from '../../ui/identity/Avatar.tsx';
import { Pane } from '../../ui/layout/Pane.tsx';
import { Panes } from '../../ui/layout/Panes.tsx';
import { ListRow } from '../../ui/lists/ListRow.tsx';
import { useAccount } from '../session/session.tsx';
import { SafetySection } from '../trust/SafetySection.tsx';
import { Appearance } from './Appearance.tsx';
import { CloseAccountSection } from './CloseAccountSection.tsx';
import { DevicesSection } from './DevicesSection.tsx';
import { IdentitySection } from './IdentitySection.tsx';
import { PasswordSection } from './PasswordSection.tsx';
import { ProfileSection } from './ProfileSection.tsx';
import { SignOutSection } from './SignOutSection.tsx';
import { useLoadedProfile, useOwnPicture, useUsername } from './useOwnProfile.ts';
import styles from './MePlace.module.css';

type SectionId = 'accounts' | 'appearance' | 'safety' | 'identity' | 'devices' | 'password' | 'sign-out' | 'account';

/** What one can see and change, in the order of the list; what has no screen here is a place of its own. */
const SECTIONS: readonly { readonly id: SectionId; readonly Icon: typeof Palette; readonly Shown?: ComponentType }[] = [
  { id: 'accounts', Icon: Newspaper },
  { id: 'appearance', Icon: Palette, Shown: Appearance },
  { id: 'safety', Icon: ShieldCheck, Shown: SafetySection },
  { id: 'identity', Icon: Stamp, Shown: IdentitySection },
  { id: 'devices', Icon: MonitorSmartphone, Shown: DevicesSection },
  { id: 'password', Icon: KeyRound, Shown: PasswordSection },
  { id: 'sign-out', Icon: LogOut, Shown: SignOutSection },
  { id: 'account', Icon: UserX, Shown: CloseAccountSection },
];

/** One's own account and settings: `/me` and `/me/:section`. */
export default function MePlace() {
  const { t } = useTranslation('me');
  const { section } = useParams<'/me/:section?'>();
  return (
    <Panes
      list={
        <Pane title={t('title')}>
          <ProfileRow current={section === 'profile'} />
          {SECTIONS.map(({ id, Icon }) => (
            <ListRow
              key={id}
              href={`/me/${id}`}
              leading={
                <span className={styles.icon}>
                  <Icon aria-hidden="true" />
                </span>
              }
              title={t(`${id}.title`)}
              text={t(`${id}.summary`)}
              trailing={<ChevronRight className={styles.arrow} aria-hidden="true" />}
              current={section === id}
            />
          ))}
        </Pane>
      }
      content={contentOf(section)}
      placeholder={<EmptyState icon={<UserRound />} title={t('choose.title')} text={t('choose.text')} />}
    />
  );
}

function contentOf(section: string | undefined): ReactNode {
  if (section === 'profile') return <ProfileSection />;
  const Shown = SECTIONS.find(({ id }) => id === section)?.Shown;
  return Shown && <Shown />;
}

/** How others see one. */
function ProfileRow({ current }: { current: boolean }) {
  const { t } = useTranslation('me');
  const { userId } = useAccount();
  const username = useUsername();
  const { value } = useLoadedProfile();
  const picture = useOwnPicture(value?.picture);
  const name = value?.name || username;
  return (
    <ListRow
      href="/me/profile"
      leading={<Avatar name={name} id={userId} picture={picture} size={40} />}
      title={name}
      text={t('profile.summary')}
      trailing={<ChevronRight className={styles.arrow} aria-hidden="true" />}
      current={current}
    />
  );
}
