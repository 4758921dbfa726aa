import type { JsonObject } from '@byline/protocol/json.ts';
import { expect, test } from 'vitest';
import { blocksInvitations } from './invite-permission.ts';

test.each<[JsonObject | undefined, boolean]>([
  [{ default_action: 'block' }, true],
  [{ default_action: 'block', note: 1 }, true],
  [{ default_action: 'allow' }, false],
  [{ default_action: ['block'] }, false],
  [{ default_action: true }, false],
  [{}, false],
  [undefined, false],
])('%j blocks invitations: %s', (content, blocks) => {
  expect(blocksInvitations(content)).toBe(blocks);
});
