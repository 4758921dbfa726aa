import { withFields } from '@byline/core/event/filter.ts';
import type { Membership } from '@byline/core/event/room-state.ts';
import type { JsonObject } from '@byline/protocol';
import type { EventEntry } from '../../../platform/log/entry.ts';
import { clientJson, clientJsonFor } from '../../graph/service.ts';
import type { SyncContext } from '../context.ts';

/**
 * An event as a device wants to read it (specification: "Filtering", `event_format` and `event_fields`), as JSON;
 * `membership`, where it is known, is what the reader was in the room at the time; `relations`, as JSON, what relates to it.
 */
export const eventText = (
  entry: EventEntry,
  context: SyncContext,
  membership?: Membership,
  relations?: string,
): string => {
  const { event_format: format, event_fields: fields } = context.filter;
  const text = clientJsonFor(entry, context.device, membership, relations);
  if (format !== 'federation' && fields === undefined) return text;
  const shown = format === 'federation' ? { ...entry.pdu, unsigned: unsignedOf(text) } : parsed(text);
  return JSON.stringify(fields === undefined ? shown : withFields(shown, fields));
};

/** The same of an event that is told as state: so it is one text for all. */
export const stateText = (entry: EventEntry, context: SyncContext): string => {
  const { event_format: format, event_fields: fields } = context.filter;
  return format === 'federation' || fields !== undefined ? eventText(entry, context) : clientJson(entry);
};

// What is parsed here was written here.
const parsed = (text: string): JsonObject => JSON.parse(text) as JsonObject;

const unsignedOf = (text: string): JsonObject => parsed(text)['unsigned'] as JsonObject;
