import confusables from './confusables.json' with { type: 'json' };
import { HAN_LOOK_ALIKES } from './han-look-alikes.ts';
import simplified from './simplified.json' with { type: 'json' };

/** Reads `{ what it is read as: characters that are }` the other way round. */
const bySource = (characters: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(characters).flatMap(([target, sources]) => Array.from(sources, (source) => [source, target])));

/** Prototypes of characters, of the table of UTS #39 (section 4). */
export const PROTOTYPES = bySource(confusables.characters);

/**
 * What UTS #39 does not have: traditional characters are read as their simplified ones, and of Chinese characters that a
 * stroke tells apart each is read as the first. Several steps may follow each other.
 */
const SIMPLIFIED = bySource(simplified.characters);
const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  HAN_LOOK_ALIKES.flatMap(([first = '', ...others]) => others.map((other) => [other, first])),
);

/** How a Chinese character is read by who looks quickly. */
export const hanPrototype = (character: string): string => {
  const plain = SIMPLIFIED.get(character) ?? character;
  return LOOK_ALIKES.get(plain) ?? plain;
};
