import { AtProvider, type Shown, type VerificationCalls } from '@byline/client/verification/at-provider.ts';
import type { Application } from '@byline/protocol/byline/applications.ts';
import type { ApplicationId, PublicPart } from '@byline/protocol/byline/identity.ts';
import type { Way } from '@byline/protocol/byline/verification.ts';
import type { Person } from '@byline/testkit/person.ts';
import type { IdentityProvider } from './identity-provider.ts';
import { byline, type Office, sealedIdentity, somebodyElse, upload } from './publisher.ts';

const path = (id: string, rest = ''): string => byline(`/applications/${id}${rest}`);

/** The browser of an applicant, with what it remembers while they are at an identity provider. */
export const browserOf = ({ server }: Pick<Office, 'server'>, person: Person) => {
  let kept: string | undefined;
  const memory = {
    read: () => kept,
    write: (visit: string) => {
      kept = visit;
    },
    remove: () => {
      kept = undefined;
    },
  };
  const calls: VerificationCalls = {
    ways: async () => (await person.expectOk.get<{ ways: Way[] }>(byline('/verification/ways'))).ways,
    begin: (id, way) => person.expectOk.post(path(id, '/verification/begin'), { way }),
    reviewersKey: () => person.expectOk.get(byline('/reviewers-key')),
    uploadToken: (id, kid, sealed) => upload(server, person, id, `piece=id-token&kid=${kid}`, sealed),
    finish: async (id, answer) =>
      (await person.expectOk.post<{ attestation: never }>(path(id, '/verification/finish'), answer)).attestation,
  };
  return { atProvider: new AtProvider(calls, memory), memory };
};

/** The whole way to the provider and back. */
export const verifyAt = async (
  provider: IdentityProvider,
  office: Pick<Office, 'server'>,
  person: Person,
  id: ApplicationId,
): Promise<Shown> => {
  const { atProvider } = browserOf(office, person);
  return atProvider.comeBack(await provider.walk(await atProvider.leave(id)));
};

/** An application with all but evidence. */
export const draftWithoutEvidence = async (
  office: Office,
  person: Person,
  wanted: PublicPart,
): Promise<ApplicationId> => {
  const { id } = await person.expectOk.post<Application>(byline('/applications'), {
    purpose: 'public-account',
    public: wanted,
  });
  const identity = await sealedIdentity(office, person, id, somebodyElse({ subject_kind: wanted.kind }));
  await person.expectOk.put(path(id), { identity });
  return id;
};
