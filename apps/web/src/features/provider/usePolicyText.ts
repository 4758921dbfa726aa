import type { Policy, PolicyValue } from '@byline/protocol/byline/policy.ts';
import { useTranslation } from 'react-i18next';

/** What a policy says, in the person's language. */
export function usePolicyText() {
  const { t } = useTranslation('provider');
  const valueText = ({ key, unit }: Pick<Policy, 'key' | 'unit'>, value: PolicyValue): string => {
    if (unit === 'choice') return t(value === 'everyone' ? 'policy.values.everyone' : 'policy.values.public-accounts');
    if (key === 'everyone.grace' && value === 0) return t('policy.none');
    return t(`policy.units.${unit}`, { count: Number(value) });
  };
  return { valueText };
}
