import { expect, it } from 'vitest';
import { strengthOf } from './password-strength.ts';

it.each([
  ['short', 'too-short'],
  ['password123', 'easy'],
  ['aaaaaaaaaaaaaaaa', 'easy'],
  ['1234567890', 'easy'],
  ['anna-anna-anna', 'easy'],
  ['qwertyuiop', 'easy'],
  ['k8!mPz3q', 'fair'],
  ['wind over tin', 'fair'],
  ['seven herons walk home', 'good'],
  ['七只白鹭走回家', 'too-short'],
  ['七只白鹭慢慢走回家', 'good'],
])('%s is %s', (password, strength) => expect(strengthOf(password, 'anna')).toBe(strength));
