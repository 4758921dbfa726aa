import { register } from '@byline/protocol/matrix/registration.ts';
import { z } from 'zod';
import type { Api } from '../api/api.ts';
import { ApiError, AuthenticationNeeded, type Challenge } from '../api/errors.ts';
import type { Credentials } from '../api/credentials.ts';
import { credentialsOf } from './sign-in.ts';

export interface NewAccount {
  /** What others see; empty: the username. */
  readonly name: string;
  readonly username: string;
  readonly password: string;
  /** The version of the rules that the person has read and agreed to. */
  readonly rulesVersion: number;
  /** What the list of devices calls this one. */
  readonly deviceName: string;
  /** From the one-time link, where a closed server asks for it. */
  readonly setupToken?: string | undefined;
}

/** The rules that the person agreed to hold no more; they have to read the new ones. */
export class RulesChanged extends Error {
  override readonly name = 'RulesChanged';
}

type Stage = (account: NewAccount, challenge: Challenge) => Readonly<Record<string, unknown>>;

const Policies = z.object({ policies: z.object({ rules: z.object({ version: z.string() }) }) });

/** How each thing that the server may ask for is shown (specification: "Authentication types"). */
const STAGES: Readonly<Record<string, Stage>> = {
  'm.login.terms': ({ rulesVersion }, { params }) => {
    const asked = Policies.safeParse(params['m.login.terms']);
    if (asked.success && asked.data.policies.rules.version !== String(rulesVersion)) throw new RulesChanged();
    return {};
  },
  'm.login.dummy': () => ({}),
  'm.login.registration_token': ({ setupToken }) => ({ token: setupToken ?? '' }),
};

/** Opens an account and signs in to it. Throws `ApiError` and `RulesChanged`. */
export async function signUp(api: Api, account: NewAccount, now: number): Promise<Credentials> {
  const body = {
    username: account.username,
    password: account.password,
    initial_device_display_name: account.deviceName,
    refresh_token: true,
  };
  let auth: Readonly<Record<string, unknown>> | undefined;
  let challenge: Challenge | undefined;
  for (;;) {
    try {
      const answer = await api.call(register, { body: { ...body, ...(auth && { auth }) } });
      return credentialsOf(answer, now);
    } catch (error) {
      if (!(error instanceof AuthenticationNeeded)) throw error;
      requireProgress(challenge, error.challenge);
      challenge = error.challenge;
      auth = proofFor(account, challenge);
    }
  }
}

/** What shows the next thing that the server asks for. */
function proofFor(account: NewAccount, challenge: Challenge): Readonly<Record<string, unknown>> {
  const flow = challenge.flows.find(({ stages }) => stages.every((stage) => stage in STAGES));
  const type = flow?.stages.find((stage) => !challenge.completed.includes(stage));
  const show = type === undefined ? undefined : STAGES[type];
  if (type === undefined || show === undefined)
    throw new ApiError('M_UNRECOGNIZED', 'This server asks for something that this app does not know.');
  return { ...show(account, challenge), type, session: challenge.session };
}

/** When the same is asked again, showing it did not help. */
function requireProgress(before: Challenge | undefined, now: Challenge): void {
  if (before === undefined || now.completed.length > before.completed.length) return;
  throw new ApiError('M_UNAUTHORIZED', now.error ?? 'The server did not accept this.');
}
