import type { RoomId } from '@byline/protocol';
import type { Person } from '@byline/testkit/person.ts';
import { signUp } from '@byline/testkit/person.ts';
import { startTestServer } from '@byline/testkit/byline.ts';
import { openAccount, openOffice } from '../../test/publisher.ts';
import type { Site } from './world.ts';

/** A public account that may publish, and who speaks for it. */
export interface Newspaper {
  readonly roomId: RoomId;
  readonly operator: Person;
}

/** Opens a public account the way people do: it applies, sealed, and a reviewer approves it. */
export const foundNewspaper = async ({ dataFolder }: Site): Promise<Newspaper> => {
  const server = await startTestServer({ settings: { BYLINE_DATA: dataFolder } });
  const office = await openOffice(server);
  const operator = await signUp(server, 'editor');
  const { room_id: roomId } = await openAccount(office, operator, 'courier');
  await server.stop();
  return { roomId, operator };
};
