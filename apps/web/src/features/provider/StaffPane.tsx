import { excludedBy } from '@byline/core/provider/exclusive-roles.ts';
import { serverOfUser, shortUserId, wholeUserId } from '@byline/client/provider/staff-list.ts';
import type { StaffMember } from '@byline/protocol/byline/staff.ts';
import type { StaffRole } from '@byline/protocol/byline/staff-role.ts';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { Checkbox } from '../../ui/controls/Checkbox.tsx';
import { RadioGroup } from '../../ui/controls/RadioGroup.tsx';
import { TextField } from '../../ui/controls/TextField.tsx';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { RowSkeleton } from '../../ui/feedback/Skeleton.tsx';
import { Avatar } from '../../ui/identity/Avatar.tsx';
import { Pane } from '../../ui/layout/Pane.tsx';
import { Dialog } from '../../ui/overlays/Dialog.tsx';
import { useToasts } from '../../ui/overlays/Toast.tsx';
import { Hidden } from '../../ui/style/Hidden.tsx';
import { useAccount } from '../session/session.tsx';
import { useObservable } from '../session/useObservable.ts';
import { useProblemText } from '../session/useProblemText.ts';
import { StaffChanges } from './StaffChanges.tsx';
import { useDesk } from './useDesk.ts';
import styles from './StaffPane.module.css';

/** The roles that there is work for today; others are shown where somebody has them. */
const ROLES = ['reviewer', 'custodian', 'administrator'] as const satisfies StaffRole[];

/** Who works for the provider, and as what. */
export function StaffPane() {
  const { t } = useTranslation(['provider', 'ui']);
  const problemText = useProblemText();
  const { staff } = useDesk();
  const loaded = useObservable(staff.members);
  return (
    <Pane title={t('staff.title')} backTo="/desk" body="form">
      <p>{t('staff.lead')}</p>
      <p>{t('staff.apart')}</p>
      {loaded.state === 'failed' && (
        <Banner tone="danger" action={<Button onClick={() => void staff.members.reload()}>{t('ui:tryAgain')}</Button>}>
          {problemText(loaded.error)}
        </Banner>
      )}
      {loaded.value === undefined && loaded.state === 'loading' && (
        <div role="status">
          <Hidden>{t('ui:list.loading')}</Hidden>
          <RowSkeleton />
        </div>
      )}
      {loaded.value && (
        <ul className={styles.members}>
          {loaded.value.map((member) => (
            <li key={member.user_id}>
              <Member member={member} />
            </li>
          ))}
        </ul>
      )}
      <AddMember />
      <StaffChanges />
    </Pane>
  );
}

function Member({ member }: { member: StaffMember }) {
  const { t } = useTranslation('provider');
  const { staff } = useDesk();
  const { userId, me } = useAccount();
  const { show } = useToasts();
  const problemText = useProblemText();
  const [taking, setTaking] = useState<StaffRole>();
  const { user_id: id } = member;
  const name = shortUserId(id);
  const held = member.roles.map(({ role }) => role);
  const roles = [...new Set<StaffRole>([...ROLES, ...held])];
  const excludedHere = (role: StaffRole) => excludedBy(role).find((other) => held.includes(other));
  const hintOf = (role: StaffRole): string | undefined => {
    const other = held.includes(role) ? undefined : excludedHere(role);
    return other && t('staff.excluded', { role: t(`roles.${other}`) });
  };
  const attempt = async (act: () => Promise<void>): Promise<void> => {
    try {
      await act();
      if (id === userId) await me.reload();
    } catch (error) {
      show({
        message: problemText(error, { M_FORBIDDEN: t('staff.last'), BYLINE_ROLES_EXCLUDE: t('staff.exclude') }),
        tone: 'problem',
      });
    }
  };
  return (
    <div className={styles.member} role="group" aria-label={name}>
      <Avatar name={name} id={id} size={40} />
      <div className={styles.about}>
        <p className={styles.name}>
          {name} {id === userId && <span className={styles.you}>{t('staff.you')}</span>}
        </p>
        {roles.map((role) => (
          <Checkbox
            key={role}
            label={t(`roles.${role}`)}
            checked={held.includes(role)}
            disabled={!held.includes(role) && excludedHere(role) !== undefined}
            hint={hintOf(role)}
            onChange={(wanted) => (wanted ? void attempt(() => staff.grant(id, role)) : setTaking(role))}
          />
        ))}
      </div>
      {taking && (
        <Dialog
          open
          onOpenChange={(open) => !open && setTaking(undefined)}
          title={t('staff.take.title', { role: t(`roles.${taking}`), name })}
          description={id === userId ? t('staff.take.own') : t('staff.take.text')}
          actions={
            <>
              <Button tone="quiet" onClick={() => setTaking(undefined)}>
                {t('staff.take.keep')}
              </Button>
              <Button
                tone="danger"
                onClick={() => {
                  setTaking(undefined);
                  void attempt(() => staff.revoke(id, taking));
                }}
              >
                {t('staff.take.button')}
              </Button>
            </>
          }
        />
      )}
    </div>
  );
}

function AddMember() {
  const { t } = useTranslation('provider');
  const { staff } = useDesk();
  const { userId } = useAccount();
  const { show } = useToasts();
  const problemText = useProblemText();
  const [name, setName] = useState('');
  const [role, setRole] = useState<StaffRole>('reviewer');
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const add = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (name.trim() === '') {
      setProblem(t('staff.add.missing'));
      return;
    }
    setPending(true);
    setProblem(undefined);
    try {
      await staff.grant(wholeUserId(name, serverOfUser(userId)), role);
      show({ message: t('staff.add.done', { name: name.trim() }) });
      setName('');
    } catch (error) {
      setProblem(
        problemText(error, {
          M_NOT_FOUND: t('staff.add.nobody'),
          M_FORBIDDEN: t('staff.add.nobody'),
          BYLINE_ROLES_EXCLUDE: t('staff.exclude'),
        }),
      );
    } finally {
      setPending(false);
    }
  };
  return (
    <form className={styles.add} onSubmit={(event) => void add(event)}>
      <h2 className={styles.title}>{t('staff.add.title')}</h2>
      <TextField
        label={t('staff.add.name')}
        hint={t('staff.add.hint')}
        error={problem}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={name}
        onChange={setName}
      />
      <RadioGroup
        label={t('staff.add.role')}
        value={role}
        onChange={setRole}
        options={ROLES.map((each) => ({ value: each, label: t(`roles.${each}`), hint: t(`roleHints.${each}`) }))}
      />
      <div>
        <Button type="submit" tone="strong" pending={pending}>
          {t('staff.add.button')}
        </Button>
      </div>
    </form>
  );
}
