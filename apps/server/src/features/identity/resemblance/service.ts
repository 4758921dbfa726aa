import type { Logger } from 'pino';
import type { Engine } from '../../../platform/engine/engine.ts';
import type { Staff } from '../../provider/service.ts';
import type { Accounts } from '../../publishing/service.ts';
import type { ApplicationStore } from '../application-store.ts';
import { PictureReader, type Thumbnails } from './picture-reader.ts';
import { Resemblance } from './resemblance.ts';
import { ResemblanceStore } from './store.ts';

export type { Thumbnails } from './picture-reader.ts';
export type { Resemblance } from './resemblance.ts';

export interface ResemblanceNeeds {
  readonly engine: Engine;
  readonly logger: Logger;
  readonly accounts: Accounts;
  readonly staff: Staff;
  readonly applications: ApplicationStore;
  readonly media: Thumbnails;
}

export const makeResemblance = (parts: ResemblanceNeeds): Resemblance =>
  new Resemblance({
    ...parts,
    resemblanceStore: new ResemblanceStore(parts.engine.reader),
    pictures: new PictureReader(parts.media, parts.logger),
  });
