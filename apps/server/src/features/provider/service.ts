export { Policy } from './policy.ts';
export { ProviderRules } from './rules.ts';
export { Staff } from './staff.ts';
