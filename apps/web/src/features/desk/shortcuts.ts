import { storedChoice } from '../preferences/choice.ts';

/** Single letters can be pressed by accident or by a voice, so they can be turned off. */
export const shortcutChoice = storedChoice<'on' | 'off'>('byline.desk.shortcuts', ['on', 'off'], 'on');

/** What each letter does at the desk, in the order in which the help names them. */
export const SHORTCUTS = [
  ['j', 'next'],
  ['k', 'previous'],
  ['c', 'claim'],
  ['r', 'release'],
  ['a', 'approve'],
  ['h', 'changes'],
  ['x', 'refuse'],
  ['q', 'ask'],
  ['p', 'pause'],
  ['o', 'handOver'],
  ['/', 'search'],
  ['l', 'lock'],
  ['?', 'help'],
] as const;

export type ShortcutKey = (typeof SHORTCUTS)[number][0];

const WRITES = 'input:not([type="radio"], [type="checkbox"], [type="file"]), textarea, select, [contenteditable]';

/** Whether a key was pressed to write, or for the browser, or while a question is open: then it is no shortcut. */
export function isForShortcuts(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.repeat) return false;
  if (document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]')) return false;
  return !(event.target instanceof Element && event.target.closest(WRITES));
}
