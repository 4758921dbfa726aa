import { type Person, signIn, signUp } from '@byline/testkit/person.ts';
import { apply, byline, draft, mustPublish, type Office, openAccount, openOffice, publicPart } from '../publisher.ts';
import { createRoom, join, say } from '../syncing.ts';
import type { CallerKind } from './requests.ts';

/** How many of the things that the requests made are remembered, besides those that were there first. */
const REMEMBERED = 40;

type Site = Parameters<typeof openOffice>[0];

/** Who and what there is on the server. */
export class Population {
  readonly #site: Site;
  #administrator: Person;
  #reviewer: Person;
  readonly #first = new Map<string, string[]>();
  readonly #later = new Map<string, string[]>();
  #member: Person;
  #members = 0;
  #renewing: Promise<void> | undefined;

  private constructor(site: Site, { administrator, reviewer }: Office, member: Person) {
    this.#site = site;
    this.#administrator = administrator;
    this.#reviewer = reviewer;
    this.#member = member;
  }

  static async settle(site: Site): Promise<Population> {
    const office = await openOffice(site);
    const { administrator, reviewer } = office;
    const population = new Population(site, office, await signUp(site, 'bob'));
    population.#keep('user', administrator.userId, population.#member.userId, reviewer.userId);
    await population.#openPublicAccount(office);
    await population.#upload();
    await population.refresh();
    return population;
  }

  tokenOf(caller: CallerKind): string | undefined {
    if (caller === 'nobody') return undefined;
    return { administrator: this.#administrator, reviewer: this.#reviewer, member: this.#member }[caller].token;
  }

  /** The text with things that are there in their places. */
  filled(text: string): string {
    return text.replaceAll(/⟨(\w+):(\d+)⟩/g, (_, kind: string, index: string) => this.#find(kind, Number(index)));
  }

  /** Remembers what an answer says that there is now. */
  learn(answer: Readonly<Record<string, unknown>>): void {
    for (const [field, kind] of LEARNT) {
      const value = answer[field];
      if (typeof value === 'string' && WHOLE_ID.test(value)) this.#remember(kind, value);
    }
    const { content_uri: mxc } = answer;
    if (typeof mxc === 'string' && WHOLE_ID.test(mxc)) this.#remember('media', mxc.slice(mxc.lastIndexOf('/') + 1));
  }

  /** Brings everybody back who was signed out, and makes a room where they can talk, whatever became of the others. */
  async refresh(): Promise<void> {
    this.#renewing ??= this.#renewAtLast(5).finally(() => (this.#renewing = undefined));
    await this.#renewing;
  }

  /** Meanwhile others sign them out again. */
  async #renewAtLast(attempts: number): Promise<void> {
    try {
      await this.#renew();
    } catch (error) {
      if (attempts === 0) throw error;
      await this.#renewAtLast(attempts - 1);
    }
  }

  async #renew(): Promise<void> {
    this.#administrator = await this.#present(this.#administrator);
    this.#reviewer = await this.#present(this.#reviewer);
    if (!(await isSignedIn(this.#member))) this.#member = await this.#anotherMember();
    const administrator = this.#administrator;
    // Whatever else they were made meanwhile.
    const role = byline(`/staff/${this.#reviewer.userId}`);
    await administrator.expectOk.delete(`${role}/custodian`);
    await administrator.expectOk.put(`${role}/reviewer`);
    await administrator.expectOk.put(byline('/policy/identity.required'), { value: 'public-accounts' });
    const roomId = await createRoom(administrator, { preset: 'public_chat' });
    await join(this.#member, roomId);
    this.#remember('room', roomId);
    this.#remember('event', await say(administrator, roomId, 'hello'));
    this.#remember('event', await say(this.#member, roomId, 'hello administrator'));
    this.#remember('device', administrator.deviceId);
    this.#remember('device', this.#member.deviceId);
    this.#remember('user', this.#member.userId);
  }

  async #present(person: Person): Promise<Person> {
    return (await isSignedIn(person)) ? person : signIn(this.#site, person.name);
  }

  /** The same person again, or another of the same kind where that one is gone for good. */
  async #anotherMember(): Promise<Person> {
    const { name, password } = this.#member;
    try {
      return await signIn(this.#site, name, password);
    } catch {
      this.#members += 1;
      return signUp(this.#site, `bob${this.#members}`, 'the password of bob');
    }
  }

  async #openPublicAccount(office: Office): Promise<void> {
    const { administrator } = office;
    const account = await openAccount(office, administrator, 'gazette');
    await this.#member.expectOk.put(byline('/accounts/gazette/subscription'));
    const open = await draft(office, administrator, publicPart('herald'));
    const waiting = await apply(office, this.#member, publicPart('courier'));
    this.#keep('user', '@gazette:byline.test', '@nobody:byline.test');
    this.#keep('room', account.room_id);
    this.#keep('event', await mustPublish(administrator, 'gazette', 'a post'));
    this.#keep('application', open.id, waiting.id);
    this.#keep('evidence', ...[open, waiting].flatMap(({ evidence }) => evidence.map(({ id }) => id)));
    this.#keep('kid', office.key.kid);
    this.#keep('token', 's1', 's5', 's40', 'p0', '1');
    this.#keep('filter', '0');
  }

  async #upload(): Promise<void> {
    const response = await fetch(`${this.#site.url}/_matrix/media/v3/upload`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.#administrator.token}`, 'content-type': 'text/plain' },
      body: 'some text',
    });
    const { content_uri: mxc } = (await response.json()) as { content_uri: string };
    this.#keep('mxc', mxc);
    this.#keep('media', mxc.slice(mxc.lastIndexOf('/') + 1));
  }

  #keep(kind: string, ...values: readonly string[]): void {
    this.#first.set(kind, [...(this.#first.get(kind) ?? []), ...values]);
  }

  #remember(kind: string, value: string): void {
    this.#later.set(kind, [value, ...(this.#later.get(kind) ?? [])].slice(0, REMEMBERED));
  }

  /** Half of the time the newest, because the old rooms have gone to ruin by then. */
  #find(kind: string, index: number): string {
    const later = this.#later.get(kind) ?? [];
    const known = [...later.slice(0, 4), ...(this.#first.get(kind) ?? []), ...later.slice(4)];
    return known[index % Math.max(1, known.length)] ?? 'x';
  }
}

/** What people keep here may have the same fields, with anything in them. */
const WHOLE_ID = /^[!$\w:/.-]{1,255}$/;

const LEARNT = [
  ['room_id', 'room'],
  ['event_id', 'event'],
  ['device_id', 'device'],
  ['content_uri', 'mxc'],
  ['filter_id', 'filter'],
  ['next_batch', 'token'],
  ['pos', 'token'],
  ['id', 'application'],
] as const;

const isSignedIn = async (person: Person): Promise<boolean> =>
  (await person.get('/_matrix/client/v3/account/whoami')).status === 200;
