import type { Answer } from '../load/connection.ts';
import type { Captured } from './floor.ts';

/** What Node writes by itself, and what tells the length of the body. */
const BY_NODE = new Set(['date', 'connection', 'keep-alive', 'content-length']);

/** An answer of Byline's, to be given again by the floor: the same bytes. */
export const captured = ({ head, body }: Answer): Captured => {
  const lines = head.split('\r\n').slice(1);
  const headers = lines
    .map((line) => line.split(': ') as [string, string])
    .filter(([name]) => !BY_NODE.has(name.toLowerCase()));
  return { headers, body: body.toString() };
};
