import { search } from '@byline/protocol/matrix/search.ts';
import { Serialised } from '../../platform/http/answer.ts';
import type { Edge } from '../../platform/http/edge.ts';
import type { Search } from './service.ts';

export const serveSearch = (edge: Edge, service: Search): void => {
  edge.serve(search, async ({ caller, query, body }) => {
    const wanted = body.search_categories.room_events;
    if (wanted === undefined) return { search_categories: {} };
    const found = await service.roomEvents(caller, wanted, query.next_batch);
    return new Serialised(`{"search_categories":{"room_events":${found}}}`);
  });
};
