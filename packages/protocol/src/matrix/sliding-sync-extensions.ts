import { z } from 'zod';
import { Token } from './token.ts';

/** What sliding sync tells besides rooms. The wire is the same in both dialects (MSC3884, MSC3885, MSC3959, MSC3960, MSC3961). */

const Extension = z.looseObject({ enabled: z.boolean().default(false) });

/** One that tells of rooms: absent means all lists, and all subscriptions; `*` stands for all too. */
const RoomExtension = Extension.extend({
  lists: z.array(z.string()).optional(),
  rooms: z.array(z.string()).optional(),
});

export const SlidingSyncExtensions = z.looseObject({
  to_device: Extension.extend({
    since: Token.nullish(),
    limit: z.int().nonnegative().default(100),
  }).optional(),
  e2ee: Extension.optional(),
  account_data: RoomExtension.optional(),
  receipts: RoomExtension.optional(),
  typing: RoomExtension.optional(),
});
export type SlidingSyncExtensions = z.output<typeof SlidingSyncExtensions>;
