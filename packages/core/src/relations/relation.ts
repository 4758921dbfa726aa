import type { Pdu } from '@byline/protocol/event.ts';
import { EventId } from '@byline/protocol/ids.ts';
import type { Json } from '@byline/protocol/json.ts';
import { entryOf } from '../json.ts';

/** What an event says of how it relates to another (client-server API: "Forming relationships between events"). */
export interface Relation {
  readonly type: string;
  readonly parentId: EventId;
  /** Of an annotation: what it says, such as an emoji. */
  readonly key: string | undefined;
}

type Related = Pick<Pdu, 'type' | 'sender' | 'content' | 'state_key'>;

/** As long as the type of an event may be. */
const LONGEST_TYPE_BYTES = 255;

/** The relation of an event; `undefined` for none, and for one that breaks the form: such are simply ignored. */
export const relationOf = ({ content }: Pick<Pdu, 'content'>): Relation | undefined => {
  const relation = content['m.relates_to'];
  if (relation === undefined) return undefined;
  const type = textIn(relation, 'rel_type');
  const parentId = EventId.safeParse(entryOf(relation, 'event_id'));
  if (type === undefined || new TextEncoder().encode(type).length > LONGEST_TYPE_BYTES || !parentId.success) {
    return undefined;
  }
  const key = textIn(relation, 'key');
  if (type === 'm.annotation' && key === undefined) return undefined;
  return { type, parentId: parentId.data, key: type === 'm.annotation' ? key : undefined };
};

/**
 * Whether a relation is one by which the server describes the parent ("Aggregations of child events"): annotations are
 * not, nor is a replacement that breaks a rule of "Validity of replacement events".
 */
export const describesParent = (child: Related, relation: Relation, parent: Related): boolean =>
  DESCRIBES.get(relation.type)?.(child, parent) ?? false;

/** Whether a thread may begin at an event ("Validation of `m.thread` relationships"). */
export const mayBeThreadRoot = (event: Pick<Pdu, 'content'>): boolean => relationOf(event) === undefined;

const isReplacement = (child: Related, parent: Related): boolean =>
  child.sender === parent.sender &&
  child.type === parent.type &&
  child.state_key === undefined &&
  parent.state_key === undefined &&
  relationOf(parent)?.type !== 'm.replace' &&
  // What an encrypted one says instead, its server can't know.
  (child.type === 'm.room.encrypted' || child.content['m.new_content'] !== undefined);

const DESCRIBES: ReadonlyMap<string, (child: Related, parent: Related) => boolean> = new Map([
  ['m.replace', isReplacement],
  ['m.thread', (_child: Related, parent: Related) => mayBeThreadRoot(parent)],
  ['m.reference', () => true],
]);

/** A text that both engines can keep as it is: PostgreSQL has no U+0000, and UTF-8 no half characters. */
const textIn = (value: Json | undefined, name: string): string | undefined => {
  const text = entryOf(value, name);
  return typeof text === 'string' && text !== '' && !text.includes('\0') && text.isWellFormed() ? text : undefined;
};
