import { askForIndex } from '@byline/core/identity/blind-index.ts';
import type { DocumentName } from '@byline/core/identity/document-number.ts';
import { sealEvidence, sealIdentity } from '@byline/core/identity/seal-identity.ts';
import { createKeyPair, type SealingKeyPair } from '@byline/core/sealing/sealing-key.ts';
import type { PublicAccount } from '@byline/protocol/byline/accounts.ts';
import type { Application, Evidence } from '@byline/protocol/byline/applications.ts';
import type { BlindEvaluation, BlindIndex } from '@byline/protocol/byline/blind-index.ts';
import type { EvidencePiece, LegalIdentity, PublicPart } from '@byline/protocol/byline/identity.ts';
import { type LabelId, LABELS } from '@byline/protocol/byline/labels.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, type Reply, signUp, signUpAdministrator } from '@byline/testkit/person.ts';

/** A server, as far as its API is reached. */
export type Site = Pick<TestServer, 'url'>;

/** The provider's people, and the key that they keep. */
export interface Office {
  readonly server: Site;
  readonly administrator: Person;
  readonly reviewer: Person;
  readonly key: SealingKeyPair;
}

/** A path of Byline's own API. */
export const byline = (rest: string): string => `/_byline/v1${rest}`;

export const openOffice = async (server: Site & Pick<TestServer, 'setupLink'>): Promise<Office> => {
  const administrator = await signUpAdministrator(server, 'administrator');
  const reviewer = await hireReviewer(server, administrator, 'rita');
  const key = await createKeyPair();
  await reviewer.expectOk.put(byline('/reviewers-key'), { public_key: key.publicKey, kid: key.kid });
  return { server, administrator, reviewer, key };
};

export const hireReviewer = async (server: Site, administrator: Person, name: string): Promise<Person> => {
  const reviewer = await signUp(server, name);
  await administrator.expectOk.put(byline(`/staff/${reviewer.userId}/reviewer`));
  return reviewer;
};

export const publicPart = (handle: string, changes: Partial<PublicPart> = {}): PublicPart => ({
  kind: 'media',
  name: `The ${handle}`,
  handle,
  // One reviewer is enough for it.
  category: 'culture',
  description: `All that ${handle} has to say.`,
  picture: null,
  ...changes,
});

export const IDENTITY: LegalIdentity = {
  subject_kind: 'media',
  legal_name: 'Wilhelmina Quackenbush-Żółć',
  document_kind: 'press-licence',
  document_number: 'PL-7730-XQ-551',
  country: 'NL',
};

let documents = 0;

/** Somebody of whom nobody has heard here, so that no cap is reached. */
export const somebodyElse = (changes: Partial<LegalIdentity> = {}): LegalIdentity => {
  documents += 1;
  return { ...IDENTITY, document_number: `${IDENTITY.document_number}-${documents}`, ...changes };
};

/** The blind index of a document, as a browser asks for it. */
export const blindIndexOf = async (person: Person, document: DocumentName): Promise<BlindIndex> => {
  const { blinded, finish } = askForIndex(document);
  const { public_key: key } = await person.expectOk.get<{ public_key: string }>(byline('/identity/blind-index/key'));
  return finish(await person.expectOk.post<BlindEvaluation>(byline('/identity/blind-index'), { blinded }), key);
};

/** An identity as it is sent: sealed, with the blind index of its document. */
export const sealedIdentity = async (
  { key }: Pick<Office, 'key'>,
  person: Person,
  application: Application['id'],
  identity: LegalIdentity,
) => ({
  ...(await sealIdentity(key.publicKey, application, identity)),
  blind_index: await blindIndexOf(person, identity),
});

/** The bytes of a picture, as far as the server could tell; its text must be nowhere in the clear. */
export const DOCUMENT_TEXT = 'PASSPORT OF QUACKENBUSH 7730551';
export const document = (): Uint8Array =>
  new TextEncoder().encode(`\u{89}PNG${DOCUMENT_TEXT}${'pixels '.repeat(5_000)}`);

export const uploadSealed = async (
  { server, key }: Office,
  person: Person,
  application: Application['id'],
  piece: EvidencePiece = 'document-front',
  bytes = document(),
): Promise<Reply<Evidence>> => {
  const sealed = await sealEvidence(key.publicKey, application, piece, bytes);
  return upload(server, person, application, `piece=${piece}&kid=${key.kid}`, sealed);
};

export const upload = async (
  server: Site,
  person: Person,
  application: string,
  query: string,
  body: Uint8Array<ArrayBuffer>,
): Promise<Reply<Evidence>> => {
  const response = await fetch(`${server.url}${byline(`/applications/${application}/evidence?${query}`)}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${person.token}` },
    body,
  });
  return { status: response.status, body: (await response.json()) as Evidence };
};

/** A whole application that was not sent yet. */
export const draft = async (
  office: Office,
  person: Person,
  wanted: PublicPart,
  who: LegalIdentity = somebodyElse(),
): Promise<Application> => {
  const { id } = await person.expectOk.post<Application>(byline('/applications'), {
    purpose: 'public-account',
    public: wanted,
  });
  const identity = await sealedIdentity(office, person, id, { ...who, subject_kind: wanted.kind });
  await uploadSealed(office, person, id);
  return person.expectOk.put<Application>(byline(`/applications/${id}`), { identity });
};

/** Applies for a public account and sends it. */
export const apply = async (
  office: Office,
  person: Person,
  wanted: PublicPart,
  who?: LegalIdentity,
): Promise<Application> => {
  const { id } = await draft(office, person, wanted, who);
  return person.expectOk.post<Application>(byline(`/applications/${id}/submit`));
};

/** Applies to be known, for oneself alone. */
export const applyPersonally = async (office: Office, person: Person): Promise<Application> => {
  const { id } = await person.expectOk.post<Application>(byline('/applications'), { purpose: 'personal' });
  const identity = await sealedIdentity(office, person, id, somebodyElse({ subject_kind: 'individual' }));
  await uploadSealed(office, person, id);
  await person.expectOk.put(byline(`/applications/${id}`), { identity });
  return person.expectOk.post<Application>(byline(`/applications/${id}/submit`));
};

/** Takes a case and decides it. Tells the stage in which it is then: `second`, when another reviewer must confirm. */
export const decide = async (reviewer: Person, id: string, decision: object): Promise<'first' | 'second'> => {
  await reviewer.expectOk.post(byline(`/review/cases/${id}/claim`));
  const { stage } = await reviewer.expectOk.post<{ stage: 'first' | 'second' }>(
    byline(`/review/cases/${id}/decision`),
    { reason: 'We looked at it.', ...decision },
  );
  return stage;
};

/** Takes a case in which an approval was proposed, and confirms it. */
export const confirm = async (second: Person, id: string): Promise<void> => {
  await second.expectOk.post(byline(`/review/cases/${id}/claim`));
  await second.expectOk.post(byline(`/review/cases/${id}/second`), { verdict: 'confirm' });
};

const seconds = new WeakMap<Office, Person>();

/** Another reviewer of an office, hired when one is needed. */
const secondOf = async (office: Office): Promise<Person> => {
  const second = seconds.get(office) ?? (await hireReviewer(office.server, office.administrator, 'second'));
  seconds.set(office, second);
  return second;
};

/** Opens a public account and has it approved. */
export const openAccount = async (
  office: Office,
  person: Person,
  handle: string,
  {
    approval = {},
    ...changes
  }: Partial<PublicPart> & { readonly approval?: { readonly label?: LabelId; readonly expires?: number } } = {},
): Promise<PublicAccount> => {
  const { id } = await draft(office, person, publicPart(handle, changes));
  if (approval.label !== undefined) await uploadSealed(office, person, id, LABELS[approval.label].evidence);
  await person.expectOk.post(byline(`/applications/${id}/submit`));
  const stage = await decide(office.reviewer, id, { decision: 'approve', ...approval });
  if (stage === 'second') await confirm(await secondOf(office), id);
  return accountOf(person, handle);
};

export const accountOf = (person: Person, handle: string): Promise<PublicAccount> =>
  person.expectOk.get<PublicAccount>(byline(`/accounts/${handle}`));

let published = 0;

/** Publishes as an account. */
export const publish = (
  person: Person,
  handle: string,
  content: object | string,
): Promise<Reply<{ event_id: string }>> => {
  published += 1;
  const message = typeof content === 'string' ? { msgtype: 'm.text', body: content } : content;
  return person.post(byline(`/accounts/${handle}/posts`), { content: message, txn_id: `post${published}` });
};

/** The same; the event id, or an error. */
export const mustPublish = async (person: Person, handle: string, content: object | string): Promise<string> => {
  const { status, body } = await publish(person, handle, content);
  if (status !== 200) throw new Error(`A post was refused: ${JSON.stringify(body)}`);
  return body.event_id;
};
