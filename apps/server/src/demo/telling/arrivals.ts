import { setProfileField } from '@byline/protocol/matrix/profile.ts';
import { EVERYBODY, passwordOf, PEOPLE, type PersonId } from '../content/people.ts';
import { Resident } from '../http/resident.ts';
import { PICTURE_TYPE } from '../pictures/pictures.ts';
import { upload } from './message.ts';
import type { Town } from './town.ts';
import { day } from './when.ts';

const MINUTE = 60_000;

/** Everybody signs up, with their name and picture, on the first morning. */
export const planArrivals = (town: Town): void => {
  for (const [index, person] of EVERYBODY.entries()) {
    town.at(town.time(day(42, '06:00')) + index * 2 * MINUTE, () => arrive(town, person));
  }
};

const arrive = async (town: Town, person: PersonId): Promise<void> => {
  const resident = await Resident.signUp(town.url, person, passwordOf(person));
  town.welcome(person, resident);
  const picture = await upload(resident, town.pictures.get(person).bytes, PICTURE_TYPE, `${person}.jpg`);
  const { userId } = resident;
  await resident.call(setProfileField, {
    params: { userId, keyName: 'displayname' },
    body: { displayname: PEOPLE[person].name },
  });
  await resident.call(setProfileField, {
    params: { userId, keyName: 'avatar_url' },
    body: { avatar_url: picture },
  });
};
