import { REQUIREMENTS } from '@byline/core/identity/requirements.ts';
import { SUBJECT_KINDS } from '@byline/protocol/byline/identity.ts';
import type { SubjectKind } from '@byline/protocol/byline/identity.ts';
import { Building2, CircleCheck, Landmark, Newspaper, UserRound, UsersRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { RadioGroup } from '../../ui/controls/RadioGroup.tsx';
import type { StepProps } from './FormSteps.tsx';
import styles from './KindStep.module.css';

const ICONS = {
  individual: UserRound,
  company: Building2,
  media: Newspaper,
  government: Landmark,
  other: UsersRound,
} as const satisfies Record<SubjectKind, typeof UserRound>;

/** Who will answer for the account, and what that takes. */
export function KindStep({ form, state, isAsked }: StepProps) {
  const { t } = useTranslation(['apply', 'account']);
  const { kind } = state.draft;
  return (
    <>
      <div data-field="kind">
        <RadioGroup
          label={t('kind.label')}
          value={kind}
          onChange={(chosen) => form.write({ kind: chosen })}
          error={isAsked('kind') ? t('kind.missing') : undefined}
          options={SUBJECT_KINDS.map((each) => {
            const Icon = ICONS[each];
            return {
              value: each,
              label: t(`account:kinds.${each}`),
              hint: t(`kind.hints.${each}`),
              picture: <Icon />,
            };
          })}
        />
      </div>
      <div aria-live="polite">{kind && <Needed kind={kind} />}</div>
    </>
  );
}

function Needed({ kind }: { kind: SubjectKind }) {
  const { t } = useTranslation('apply');
  const { documents } = REQUIREMENTS[kind];
  return (
    <section className={styles.needed} aria-labelledby="needed">
      <h2 id="needed" className={styles.title}>
        {t('needed.title')}
      </h2>
      <ul className={styles.list}>
        <li>
          <CircleCheck aria-hidden="true" />
          <span>{t(`needed.name.${kind}`)}</span>
        </li>
        <li>
          <CircleCheck aria-hidden="true" />
          <div>
            {t('needed.document')}
            <ul className={styles.documents}>
              {documents.map((each) => (
                <li key={each}>{t(`documents.${each}`)}</li>
              ))}
            </ul>
          </div>
        </li>
        <li>
          <CircleCheck aria-hidden="true" />
          <span>{t('needed.time')}</span>
        </li>
      </ul>
    </section>
  );
}
