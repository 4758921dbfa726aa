import { randomInt } from 'node:crypto';
import { type Answer, DomainError, Localpart, type UserId } from '@byline/protocol';
import { LANGUAGES } from '@byline/protocol/byline/rules.ts';
import type { NewDevice, register } from '@byline/protocol/matrix/registration.ts';
import type { AuthenticationData } from '@byline/protocol/matrix/user-interactive-auth.ts';
import type { ProviderRules, Staff } from '../provider/service.ts';
import type { Users } from '../users/service.ts';
import type { Sessions } from './service.ts';
import type { Stage, UserInteractiveAuthentication } from './uia.ts';

/** What somebody says who wants an account. */
export interface SignUpRequest extends NewDevice {
  readonly auth?: AuthenticationData | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly inhibit_login?: boolean | undefined;
  readonly guest_access_token?: string | undefined;
}

/** Opens accounts (specification, client-server API: "Account registration"). */
export class SignUp {
  readonly #users: Users;
  readonly #sessions: Sessions;
  readonly #rules: ProviderRules;
  readonly #staff: Staff;
  readonly #authentication: UserInteractiveAuthentication;
  readonly #registration: 'open' | 'closed';
  readonly #guests: 'on' | 'off';
  readonly #publicUrl: string;

  constructor(parts: {
    readonly users: Users;
    readonly sessions: Sessions;
    readonly rules: ProviderRules;
    readonly staff: Staff;
    readonly authentication: UserInteractiveAuthentication;
    readonly registration: 'open' | 'closed';
    readonly guests: 'on' | 'off';
    readonly publicUrl: string;
  }) {
    this.#users = parts.users;
    this.#sessions = parts.sessions;
    this.#rules = parts.rules;
    this.#staff = parts.staff;
    this.#authentication = parts.authentication;
    this.#registration = parts.registration;
    this.#guests = parts.guests;
    this.#publicUrl = parts.publicUrl;
  }

  /**
   * Opens an account after its owner agreed to the rules, and signs the device in.
   * Throws `M_FORBIDDEN`, `M_USER_IN_USE`, `M_INVALID_USERNAME`, `M_WEAK_PASSWORD`, `M_MISSING_PARAM`, and
   * `AuthenticationChallenge` as long as something is left to agree to.
   */
  async register(kind: string, request: SignUpRequest): Promise<Answer<typeof register>> {
    if (kind === 'guest') return this.#admitGuest(request);
    if (kind !== 'user') throw new DomainError('M_UNKNOWN', 'There is no such kind of account.');
    if (!this.#isOpen())
      throw new DomainError('M_FORBIDDEN', 'New accounts are not open here. Please ask whoever runs this server.');
    if (request.username !== undefined && (await this.#guestWhoStays(request)) === undefined)
      await this.requireAvailable(request.username);

    const rules = this.#rules.current;
    const completed = await this.#authentication.require({
      operation: `register, rules ${rules.version}`,
      caller: undefined,
      body: request,
      stages: [this.#agreement(), this.#registration === 'open' ? NOTHING_MORE : this.#setupToken()],
    });
    const { inhibit_login, ...device } = completed;
    const userId = await this.#open(completed);
    await this.#rules.agree(userId, rules.version);
    if (inhibit_login === true) return { user_id: userId };
    return { user_id: userId, ...(await this.#sessions.open(userId, device)) };
  }

  async #open(request: SignUpRequest): Promise<UserId> {
    const { password, username } = request;
    if (password === undefined) throw new DomainError('M_MISSING_PARAM', '"password" is missing.');
    const guest = await this.#guestWhoStays(request);
    if (guest === undefined) {
      const localpart = username === undefined ? makeLocalpart() : parseUsername(username);
      return this.#users.create({ localpart, kind: 'person', password });
    }
    await this.#users.makePerson(guest, password);
    // They are known as a guest's.
    await this.#sessions.removeAllDevices(guest);
    return guest;
  }

  /** The guest whose name is asked for by that very guest. Throws `M_UNKNOWN_TOKEN`. */
  async #guestWhoStays({ username, guest_access_token: token }: SignUpRequest): Promise<UserId | undefined> {
    if (username === undefined || token === undefined) return undefined;
    const session = this.#sessions.recognise(token) ?? (await this.#sessions.authenticate(token));
    return session.isGuest === true && session.userId === this.#users.userIdOf(parseUsername(username))
      ? session.userId
      : undefined;
  }

  /** Lets somebody look in who has not signed up (specification, client-server API: "Guest Access"); a name for the device is all they choose. */
  async #admitGuest({ initial_device_display_name, refresh_token }: SignUpRequest): Promise<Answer<typeof register>> {
    if (this.#guests === 'off')
      throw new DomainError('M_GUEST_ACCESS_FORBIDDEN', 'There are no guests here. Please sign up.');
    const userId = await this.#users.create({ localpart: makeLocalpart('guest-'), kind: 'guest' });
    return {
      user_id: userId,
      ...(await this.#sessions.open(userId, { initial_device_display_name, refresh_token }, true)),
    };
  }

  /** Throws `M_INVALID_USERNAME` or `M_USER_IN_USE`. */
  async requireAvailable(username: string): Promise<void> {
    await this.#users.requireFree(parseUsername(username));
  }

  /** Whether somebody who has this token may sign up where new accounts are closed. */
  isValidToken(token: string): Promise<boolean> {
    return this.#staff.isSetupToken(token);
  }

  /** A server that is closed still needs a first administrator, who has the token of the one-time link. */
  #isOpen(): boolean {
    return this.#registration === 'open' || this.#staff.holdersOf('administrator').length === 0;
  }

  /** Specification, client-server API: "Token-authenticated registration". The token is spent only when it is used to set up. */
  #setupToken(): Stage {
    return {
      type: 'm.login.registration_token',
      complete: async ({ token }) => {
        if (typeof token === 'string' && (await this.isValidToken(token))) return;
        throw new DomainError('M_UNAUTHORIZED', 'This token is not the one of the link that the server printed.');
      },
    };
  }

  /** Specification, client-server API: "Terms of service at registration". */
  #agreement(): Stage {
    const { version, texts } = this.#rules.current;
    const documents = LANGUAGES.map((language) => [
      language,
      { name: texts[language].title, url: `${this.#publicUrl}/_byline/rules/${version}/${language}` },
    ]);
    const rules = { version: String(version), ...Object.fromEntries(documents) };
    return { type: 'm.login.terms', params: { policies: { rules } }, complete: () => undefined };
  }
}

const NOTHING_MORE: Stage = { type: 'm.login.dummy', complete: () => undefined };

/** Capitals are taken as small letters, as at sign-in. */
const parseUsername = (username: string): Localpart => {
  const parsed = Localpart.safeParse(username.toLowerCase());
  if (!parsed.success)
    throw new DomainError('M_INVALID_USERNAME', `A name ${parsed.error.issues[0]?.message ?? 'is not valid'}.`);
  return parsed.data;
};

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

const makeLocalpart = (prefix = ''): Localpart =>
  Localpart.parse(prefix + Array.from({ length: 12 }, () => LETTERS[randomInt(LETTERS.length)]).join(''));
