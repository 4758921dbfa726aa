import type { SignedIn } from '@byline/client/session/signed-in.ts';
import type { Talk } from '@byline/client/talk/talk.ts';
import { use } from 'react';
import { useAccount } from '../session/session.tsx';

const talks = new WeakMap<SignedIn, Promise<Talk>>();

/** The one talk of an account; its part of the app and the Matrix library are fetched side by side. */
async function startTalk(account: SignedIn): Promise<Talk> {
  const [{ Talk }, client] = await Promise.all([import('@byline/client/talk/talk.ts'), account.matrix()]);
  return new Talk(account, client);
}

function talkOf(account: SignedIn): Promise<Talk> {
  const known = talks.get(account);
  if (known) return known;
  const talk = startTalk(account);
  talks.set(account, talk);
  // A failure is shown; trying again begins anew.
  talk.catch(() => talks.delete(account));
  return talk;
}

/** What the person says to people and hears from them; waits until it is there. */
export const useTalk = (): Talk => use(talkOf(useAccount()));
