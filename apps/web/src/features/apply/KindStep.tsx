import { SUBJECT_KINDS } from '@byline/protocol/byline/identity.ts';
import type { SubjectKind } from '@byline/protocol/byline/identity.ts';
import { Building2, Landmark, Newspaper, UserRound, UsersRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { RadioGroup } from '../../ui/controls/RadioGroup.tsx';
import { Checklist } from './Checklist.tsx';
import type { StepProps } from './FormSteps.tsx';

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
      <div aria-live="polite">{kind && <Checklist purpose="public-account" kind={kind} />}</div>
    </>
  );
}
