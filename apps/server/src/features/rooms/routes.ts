import type { Edge } from '../../platform/http/edge.ts';
import { serveDirectory } from './directory-routes.ts';
import { serveMemberships } from './membership-routes.ts';
import { serveReading } from './reading-routes.ts';
import { serveSending } from './sending-routes.ts';
import type { Rooms } from './service.ts';

/** Everything of the client-server API about rooms but sync. */
export const serveRooms = (edge: Edge, rooms: Rooms): void => {
  serveSending(edge, rooms);
  serveMemberships(edge, rooms);
  serveReading(edge, rooms);
  serveDirectory(edge, rooms);
};
