import { signUp } from '@byline/testkit/person.ts';
import type { Person } from '@byline/testkit/person.ts';
import type { Page } from 'playwright-core';
import type { Site, Visit } from './site.ts';

export const PHONE = { width: 390 } as const;
export const DESKTOP = { width: 1280, height: 800 } as const;

let count = 0;

/** Somebody new, with a name that others see. */
export async function newcomer({ server }: Site, name: string): Promise<Person> {
  count += 1;
  const person = await signUp(server, `${name.toLowerCase()}${count}`);
  await person.expectOk.put(`/_matrix/client/v3/profile/${person.userId}/displayname`, { displayname: name });
  return person;
}

/** Direct talk that both are in. */
export async function directTalk(one: Person, other: Person): Promise<string> {
  const created = await one.expectOk.post<{ room_id: string }>('/_matrix/client/v3/createRoom', {
    preset: 'trusted_private_chat',
    is_direct: true,
    invite: [other.userId],
  });
  await other.expectOk.post(`/_matrix/client/v3/join/${encodeURIComponent(created.room_id)}`);
  for (const [person, partner] of [
    [one, other],
    [other, one],
  ] as const) {
    const path = `/_matrix/client/v3/user/${person.userId}/account_data/m.direct`;
    await person.expectOk.put(path, { [partner.userId]: [created.room_id] });
  }
  return created.room_id;
}

let transactions = 0;
export const say = (person: Person, roomId: string, body: string) => {
  transactions += 1;
  const path = `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/send/m.room.message/test${transactions}`;
  return person.expectOk.put<{ event_id: string }>(path, { msgtype: 'm.text', body });
};

export const log = (page: Page) => page.getByRole('log');
export const field = (page: Page) => page.getByRole('textbox', { name: 'Message' });
export const write = async (page: Page, text: string): Promise<void> => {
  await field(page).fill(text);
  await field(page).press('Enter');
};
export const message = (page: Page, text: string) => log(page).getByRole('group').filter({ hasText: text }).last();
/** Opens what may be done with a message, as the keyboard does. */
const openActions = async (page: Page, text: string): Promise<void> => {
  await message(page, text).getByRole('button', { name: 'More to do with this message' }).press('Enter');
};
export const act = async (page: Page, text: string, action: string): Promise<void> => {
  await openActions(page, text);
  await page.getByRole('menuitem', { name: action }).click();
};

export interface TwoPeople {
  readonly anna: Visit;
  readonly ben: Visit;
  readonly annaPerson: Person;
  readonly benPerson: Person;
  readonly roomId: string;
  readonly close: () => Promise<void>;
}

/** Two people with their conversation open, each in a browser of their own. */
export async function twoPeople(site: Site): Promise<TwoPeople> {
  const [annaPerson, benPerson] = [await newcomer(site, 'Anna'), await newcomer(site, 'Ben')];
  const roomId = await directTalk(annaPerson, benPerson);
  await say(benPerson, roomId, 'Good morning');
  const anna = await site.open(`/chats/${roomId}`, { ...DESKTOP, as: annaPerson });
  const ben = await site.open(`/chats/${roomId}`, { ...PHONE, as: benPerson });
  await message(anna.page, 'Good morning').waitFor();
  await message(ben.page, 'Good morning').waitFor();
  return {
    anna,
    ben,
    annaPerson,
    benPerson,
    roomId,
    close: async () => {
      await anna.context.close();
      await ben.context.close();
    },
  };
}
