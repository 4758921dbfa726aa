import type { JsonObject } from '@byline/protocol';
import { addsPin, PINNED } from '../pinned/pins.ts';

/** Something that happened to a conversation. `who` and `whom` are user ids. */
export type Notice =
  | { readonly kind: 'created'; readonly who: string }
  | { readonly kind: 'joined'; readonly whom: readonly string[] }
  | { readonly kind: 'left' | 'declined'; readonly who: string }
  | { readonly kind: 'invited'; readonly who: string; readonly whom: readonly string[] }
  | { readonly kind: 'removed' | 'banned' | 'unbanned' | 'uninvited'; readonly who: string; readonly whom: string }
  | { readonly kind: 'named' | 'called' | 'pollEnded'; readonly who: string; readonly name: string }
  | { readonly kind: 'pictured' | 'encrypted' | 'compared' | 'pinned'; readonly who: string };

/** What of a state event decides what it means. */
export interface StateChange {
  readonly type: string;
  readonly sender: string;
  readonly stateKey: string;
  readonly content: JsonObject;
  /** What it replaced. */
  readonly before: JsonObject;
}

const word = (content: JsonObject, key: string): string | undefined => {
  const value = content[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** What a change means to people; `undefined` for those that nobody has to hear of. */
export function noticeOf(change: StateChange): Notice | undefined {
  const { type, sender: who, content, before } = change;
  if (type === 'm.room.create') return { kind: 'created', who };
  if (type === 'm.room.member') return memberNotice(change);
  if (type === 'm.room.encryption') return { kind: 'encrypted', who };
  if (type === 'm.room.avatar' && content['url'] !== before['url']) return { kind: 'pictured', who };
  if (type === PINNED) return addsPin(before, content) ? { kind: 'pinned', who } : undefined;
  const name = type === 'm.room.name' ? word(content, 'name') : undefined;
  return name === undefined || name === before['name'] ? undefined : { kind: 'named', who, name };
}

function memberNotice({ sender: who, stateKey: whom, content, before }: StateChange): Notice | undefined {
  const membership = content['membership'];
  const was = before['membership'] ?? 'leave';
  const own = who === whom;
  if (membership === was) return membership === 'join' ? renameNotice(whom, content, before) : undefined;
  if (membership === 'join') return { kind: 'joined', whom: [whom] };
  if (membership === 'invite') return { kind: 'invited', who, whom: [whom] };
  if (membership === 'ban') return { kind: 'banned', who, whom };
  if (membership !== 'leave') return undefined;
  if (was === 'ban') return { kind: 'unbanned', who, whom };
  if (was === 'invite') return own ? { kind: 'declined', who } : { kind: 'uninvited', who, whom };
  return own ? { kind: 'left', who } : { kind: 'removed', who, whom };
}

function renameNotice(who: string, content: JsonObject, before: JsonObject): Notice | undefined {
  const name = word(content, 'displayname');
  return name === undefined || name === before['displayname'] ? undefined : { kind: 'called', who, name };
}
