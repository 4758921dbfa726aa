import { UserId } from '@byline/protocol/ids.ts';
import { uploadMedia } from '@byline/protocol/matrix/media.ts';
import { deleteProfileField, getProfile, setProfileField } from '@byline/protocol/matrix/profile.ts';
import { redrawn } from '../applications/picture.ts';
import { Media } from '../media/media.ts';
import type { Observable } from '../observable.ts';
import { type Loaded, Resource } from '../resource.ts';
import type { SignedIn } from '../session/signed-in.ts';

export interface Profile {
  /** What others see; empty when there is none, then it is the username. */
  readonly name: string;
  /** `mxc://…` */
  readonly picture: string | undefined;
}

/** Pixels; as large as a face is ever shown. */
const LONGEST_SIDE = 640;

/** What others see of who is signed in. */
export class OwnProfile {
  /** Pictures of people, as files of this page. */
  readonly media: Media;
  readonly #account: SignedIn;
  readonly #profile: Resource<Profile>;

  private constructor(account: SignedIn) {
    this.#account = account;
    this.media = new Media(account.api);
    this.#profile = new Resource(async () => {
      const { displayname, avatar_url: picture } = await account.api.call(getProfile, {
        params: { userId: account.userId },
      });
      return {
        name: typeof displayname === 'string' ? displayname : '',
        picture: typeof picture === 'string' && picture !== '' ? picture : undefined,
      };
    });
  }

  /** The same for the same person, as long as they are signed in. */
  static of(account: SignedIn): OwnProfile {
    const there = all.get(account);
    if (there !== undefined) return there;
    const made = new OwnProfile(account);
    all.set(account, made);
    return made;
  }

  get profile(): Observable<Loaded<Profile>> {
    return this.#profile;
  }

  readonly reload = async (): Promise<void> => void (await this.#profile.reload());

  /** Throws `ApiError`. */
  async setName(name: string): Promise<void> {
    await this.#set('displayname', name === '' ? undefined : name);
    this.#change({ name });
  }

  /**
   * Shows another picture, drawn anew so that it tells nothing of where it was taken.
   * @throws ApiError, NotAPicture
   */
  async choosePicture(file: Blob, onProgress: (share: number) => void): Promise<void> {
    const picture = await redrawn(file, LONGEST_SIDE);
    const { content_uri: mxc } = await this.#account.api.upload(uploadMedia, {}, picture, { onProgress });
    this.media.remember(mxc, picture);
    await this.setPicture(mxc);
  }

  /** Shows a picture that was there before, or none. Throws `ApiError`. */
  async setPicture(mxc: string | undefined): Promise<void> {
    await this.#set('avatar_url', mxc);
    this.#change({ picture: mxc });
  }

  async #set(keyName: 'displayname' | 'avatar_url', value: string | undefined): Promise<void> {
    const { api, userId } = this.#account;
    const params = { userId: UserId.parse(userId), keyName };
    if (value === undefined) await api.call(deleteProfileField, { params });
    else await api.call(setProfileField, { params, body: { [keyName]: value } });
  }

  #change(change: Partial<Profile>): void {
    this.#profile.set({ name: '', picture: undefined, ...this.#profile.get().value, ...change });
  }
}

const all = new WeakMap<SignedIn, OwnProfile>();
