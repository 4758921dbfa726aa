import { refusalOf } from '@byline/client/api/errors.ts';
import { pathOf } from '@byline/client/api/request.ts';
import type { CustodyCalls } from '@byline/client/custody/custody-calls.ts';
import { Custodian } from '@byline/client/custody/custodian.ts';
import { KnownCustodians } from '@byline/client/custody/known-custodians.ts';
import { sealStanding } from '@byline/client/custody/seal-standing.ts';
import type { CustodianKeys } from '@byline/core/sealing/custodian-key-file.ts';
import { createKeyPair } from '@byline/core/sealing/sealing-key.ts';
import { createSigningKeyPair } from '@byline/core/sealing/signing-key.ts';
import type { Application } from '@byline/protocol/byline/applications.ts';
import type { CustodianSet } from '@byline/protocol/byline/custody.ts';
import type { LegalIdentity } from '@byline/protocol/byline/identity.ts';
import type { Order } from '@byline/protocol/byline/opening.ts';
import { type Person, signUp } from '@byline/testkit/person.ts';
import type { z } from 'zod';
import { byline, decide, IDENTITY, type Office, type Site } from './publisher.ts';

/** Somebody who holds keys, with the browser in which these are open. */
export interface Keeper {
  readonly person: Person;
  readonly keys: CustodianKeys;
  readonly browser: Custodian;
}

/** What a browser calls the API by, signed in as somebody. */
export const apiOf = (server: Site, { token }: Person): CustodyCalls => ({
  call: async (operation, ...[input]) => {
    const given: { readonly body?: unknown } | undefined = input;
    const response = await fetch(server.url + pathOf(operation, input), {
      method: operation.method,
      headers: { authorization: `Bearer ${token}` },
      ...(operation.method === 'GET' ? {} : { body: JSON.stringify(given?.body ?? {}) }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw refusalOf(response.status, answer);
    return operation.answer.parse(answer) as z.output<(typeof operation)['answer']>;
  },
});

/** What a browser keeps over a reload. */
export const keptInMemory = () => {
  const texts = new Map<string, string>();
  return { read: (key: string) => texts.get(key), write: (key: string, text: string) => void texts.set(key, text) };
};

export const browserOf = (server: Site, person: Person, keys: CustodianKeys, now?: () => number): Custodian =>
  new Custodian({ api: apiOf(server, person), userId: person.userId, keys, ...(now === undefined ? {} : { now }) });

/** Makes somebody a custodian, with keys of their own. */
export const hireCustodian = async (
  { server, administrator }: Pick<Office, 'server' | 'administrator'>,
  name: string,
  now?: () => number,
): Promise<Keeper> => {
  const person = await signUp(server, name);
  await administrator.expectOk.put(byline(`/staff/${person.userId}/custodian`));
  const keys = { sealing: await createKeyPair(), signing: await createSigningKeyPair() };
  const browser = browserOf(server, person, keys, now);
  await browser.register();
  return { person, keys, browser };
};

export const propose = (administrator: Person, keepers: readonly Keeper[]): Promise<CustodianSet> =>
  administrator.expectOk.post<CustodianSet>(byline('/custody/sets'), {
    custodians: keepers.map(({ person }) => person.userId),
  });

/** Has custodians proposed and confirmed by all whom it needs. */
export const installCustodians = async (
  administrator: Person,
  keepers: readonly Keeper[],
  before: readonly Keeper[] = [],
): Promise<CustodianSet> => {
  const set = await propose(administrator, keepers);
  let holds = false;
  for (const keeper of new Set([...keepers, ...before])) holds ||= await keeper.browser.confirm(set);
  if (!holds) throw new Error('The custodians were not confirmed.');
  return set;
};

interface Reviewing {
  /** What the reviewer's browser knows of custodians; absent: nothing. */
  readonly known?: KnownCustodians;
  readonly identity?: LegalIdentity;
}

/** Approves an application as a reviewer's browser does it once custody is set up. */
export const approveSealed = async (
  office: Office,
  { id }: Pick<Application, 'id'>,
  { known = new KnownCustodians(keptInMemory()), identity = IDENTITY }: Reviewing = {},
): Promise<void> => {
  const standing = await sealStanding(apiOf(office.server, office.reviewer), known, id, identity);
  await decide(office.reviewer, id, { decision: 'approve', standing });
};

/** Files an order; what is not given is as usual. */
export const fileOrder = (administrator: Person, now: number, changes: object): Promise<Order> =>
  administrator.expectOk.post<Order>(byline('/custody/orders'), orderOf(now, changes));

export const orderOf = (now: number, changes: object): object => ({
  authority: 'District court of Amsterdam',
  legal_basis: 'Article 126n of the code of criminal procedure',
  fields: ['legal_name', 'country'],
  expires_at: now + 24 * 60 * 60_000,
  notice: 'at-once',
  ...changes,
});
