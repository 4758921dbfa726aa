import {
  GREY_HEIGHT,
  GREY_WIDTH,
  likenessOf,
  type PictureLikeness,
} from '@byline/core/identity/resemblance/picture-likeness.ts';
import { DomainError, MxcUri, ServerName } from '@byline/protocol';
import { MediaId } from '@byline/protocol/matrix/media.ts';
import type { Logger } from 'pino';
import sharp from 'sharp';
import type { Media } from '../../media/service.ts';

/** Of the content repository, no more than this: the smaller copies of pictures that were uploaded in the clear. */
export type Thumbnails = Pick<Media, 'readThumbnail'>;

const SIZE = { width: 96, height: 96, method: 'crop', animated: false } as const;
const AT_ONCE = { timeoutMs: 0, onGone: () => undefined };

/** Looks at the picture of an account, which everybody will see: never at one of a document, which is sealed. */
export class PictureReader {
  readonly #media: Thumbnails;
  readonly #logger: Pick<Logger, 'info'>;

  constructor(media: Thumbnails, logger: Pick<Logger, 'info'>) {
    this.#media = media;
    this.#logger = logger;
  }

  /** What a picture looks like; `undefined`: it is no picture, or can't be looked at now. */
  async look(picture: MxcUri): Promise<PictureLikeness | undefined> {
    try {
      const { host, pathname } = new URL(picture);
      const [server, id] = [ServerName.parse(host), MediaId.parse(pathname.slice(1))];
      const { open } = await this.#media.readThumbnail(server, id, SIZE, AT_ONCE);
      return await likenessIn(Buffer.concat(await (await open()).toArray()));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.#logger.info({ code: error.code }, 'the picture of an account could not be compared with others');
      return undefined;
    }
  }
}

const likenessIn = async (thumbnail: Buffer): Promise<PictureLikeness> => {
  // Whatever shines through is white, as it is on the page.
  const flat = sharp(thumbnail).flatten({ background: 'white' }).toColourspace('srgb').removeAlpha();
  const grey = await flat
    .clone()
    .greyscale()
    .resize(GREY_WIDTH, GREY_HEIGHT, { fit: 'fill' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { channels } = await flat.stats();
  const [red = 0, green = red, blue = red] = channels.map(({ mean }) => Math.round(mean));
  const firstChannel = grey.data.filter((_, index) => index % grey.info.channels === 0);
  return likenessOf(firstChannel, { red, green, blue });
};
