import { labelProblem, labelsFor } from '@byline/core/identity/labels.ts';
import type { LabelId } from '@byline/protocol/byline/labels.ts';
import type { Case } from '@byline/protocol/byline/review.ts';
import { useTranslation } from 'react-i18next';
import { Select } from '../../ui/controls/Select.tsx';
import { useLabelTexts } from '../account/useLabelTexts.ts';

const NONE = 'none';

export interface LabelChoiceProps {
  readonly value: Case;
  readonly label: LabelId | undefined;
  readonly onChange: (label: LabelId | undefined) => void;
}

/** The label that an approval grants: of those for such a publisher, one whose evidence is in the case. */
export function LabelChoice({ value, label, onChange }: LabelChoiceProps) {
  const { t } = useTranslation('desk');
  const textsOf = useLabelTexts();
  const { kind } = value.public;
  if (kind === undefined) return null;
  const evidence = value.evidence.map(({ piece }) => piece);
  const labels = labelsFor(kind).map((each) => ({
    value: each,
    label: textsOf(each).name,
    disabled: labelProblem(each, { kind, evidence }) !== undefined,
  }));
  const hint = label === undefined ? t('grant.labelHint') : textsOf(label).means;
  return (
    <Select
      label={t('grant.label')}
      hint={hint}
      value={label ?? NONE}
      options={[{ value: NONE, label: t('grant.noLabel') }, ...labels]}
      onChange={(chosen) => onChange(chosen === NONE ? undefined : chosen)}
    />
  );
}
