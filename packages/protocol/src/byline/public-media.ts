import { z } from 'zod';
import { MediaId, PixelsInQuery, ThumbnailMethod } from '../matrix/media.ts';
import { operation } from '../operation.ts';

/** The media of what was published: anyone may read it, as anyone may read the post. */
export const getPublicMedia = operation({
  method: 'GET',
  paths: ['/_byline/v1/media/:mediaId'],
  auth: 'none',
  limit: 'public',
  summary: 'Gives a file that belongs to a public post, or a smaller copy of a picture.',
  params: z.object({ mediaId: MediaId }),
  query: z
    .object({
      width: PixelsInQuery.optional(),
      height: PixelsInQuery.optional(),
      method: ThumbnailMethod.default('scale'),
    })
    .refine(({ width, height }) => (width === undefined) === (height === undefined), {
      error: '"width" and "height" go together',
    }),
});
