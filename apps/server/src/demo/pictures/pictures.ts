import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { PictureName } from './gallery.ts';

/** A picture as a phone would have taken it: a JPEG. */
export interface Picture {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export const PICTURE_TYPE = 'image/jpeg';

const STUDIO = fileURLToPath(new URL('./studio.ts', import.meta.url));

const Sent = z.object({ name: z.string(), width: z.int(), height: z.int(), bytes: z.instanceof(Uint8Array) });

/** All pictures of the demo, by their names. */
export class Pictures {
  readonly #pictures: ReadonlyMap<string, Picture>;

  private constructor(pictures: ReadonlyMap<string, Picture>) {
    this.#pictures = pictures;
  }

  /** Has them drawn: see `studio.ts`. */
  static async draw(): Promise<Pictures> {
    const studio = fork(STUDIO, { execArgv: [], serialization: 'advanced', stdio: 'inherit' });
    const pictures = new Map<string, Picture>();
    studio.on('message', (message) => {
      const { name, width, height, bytes } = Sent.parse(message);
      pictures.set(name, { width, height, bytes: new Uint8Array(bytes) });
    });
    const [code] = await once(studio, 'close');
    if (code !== 0) throw new Error('The pictures of the demo could not be drawn.');
    return new Pictures(pictures);
  }

  get(name: PictureName): Picture {
    const picture = this.#pictures.get(name);
    if (picture === undefined) throw new Error(`There is no picture "${name}".`);
    return picture;
  }
}
