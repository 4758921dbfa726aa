import { relatedEvents, relatedEventsOfRelation, relatedEventsOfType } from '@byline/protocol/matrix/relations.ts';
import { roomThreads } from '@byline/protocol/matrix/threads.ts';
import { tokenOf } from '@byline/protocol/matrix/token.ts';
import { Serialised } from '../../platform/http/answer.ts';
import type { Edge, Request } from '../../platform/http/edge.ts';
import { RECURSION_DEPTH, type RelatedEvents, type RelatedPage } from './related-events.ts';
import type { RelationReading } from './service.ts';

/** Serves the events that relate to others, and the threads of rooms. */
export const serveRelations = (
  edge: Edge,
  { related, threads }: Pick<RelationReading, 'related' | 'threads'>,
): void => {
  edge.serve(relatedEvents, (request) => answerTo(request, related, {}));

  edge.serve(relatedEventsOfRelation, (request) => answerTo(request, related, request.params));

  edge.serve(relatedEventsOfType, (request) => answerTo(request, related, request.params));

  edge.serve(roomThreads, async ({ caller, params, query }) => {
    return new Serialised(textOf(await threads.page(caller, params.roomId, query), {}));
  });
};

const answerTo = async (
  { caller, params, query }: Pick<Request<typeof relatedEvents>, 'caller' | 'params' | 'query'>,
  related: RelatedEvents,
  { relType, eventType }: { readonly relType?: string; readonly eventType?: string },
): Promise<Serialised> => {
  const { recurse, dir: direction, from, to, limit } = query;
  const wanted = { relType, eventType, direction, from, to, limit, parentId: params.eventId };
  const page = await related.page(caller, params.roomId, { ...wanted, recurse: recurse === 'true' });
  return new Serialised(
    textOf(page, {
      ...(from === undefined ? {} : { prev_batch: tokenOf(from) }),
      ...(recurse === undefined ? {} : { recursion_depth: recurse === 'true' ? RECURSION_DEPTH : 1 }),
    }),
  );
};

/** The events are JSON text already, so what holds them is put together as text. */
const textOf = ({ chunk, next }: RelatedPage, more: object): string => {
  const others = JSON.stringify({ ...(next === undefined ? {} : { next_batch: tokenOf(next) }), ...more }).slice(1, -1);
  return `{"chunk":[${chunk.join(',')}]${others === '' ? '' : `,${others}`}}`;
};
