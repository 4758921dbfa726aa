export { ProviderRules } from './rules.ts';
