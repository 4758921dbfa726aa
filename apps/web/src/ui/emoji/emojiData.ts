import type { EmojiData } from 'frimousse';

/** What of an emojibase record is used. */
export interface EmojibaseEmoji {
  readonly emoji: string;
  readonly label: string;
  readonly group?: number;
  readonly version: number;
  readonly tags?: readonly string[];
  readonly skins?: readonly { readonly emoji: string; readonly tone?: number | readonly number[] }[];
}

export interface EmojibaseMessages {
  readonly groups: readonly { readonly key: string; readonly order: number }[];
  readonly skinTones: readonly { readonly key: string; readonly message: string }[];
}

/** Systems of the last years have these; a newer one would be a box on many of them. */
const NEWEST = 15;
/** The group that holds parts of emoji, which nobody picks. */
const COMPONENTS = 'component';
const TONES = ['light', 'medium-light', 'medium', 'medium-dark', 'dark'] as const;

type Skins = NonNullable<EmojiData['emojis'][number]['skins']>;

function skinsOf(emoji: EmojibaseEmoji): Skins | undefined {
  const tone = (index: number): string | undefined => emoji.skins?.find((skin) => skin.tone === index + 1)?.emoji;
  const [light, mediumLight, medium, mediumDark, dark] = TONES.map((_, index) => tone(index));
  if (!light || !mediumLight || !medium || !mediumDark || !dark) return undefined;
  return { light, 'medium-light': mediumLight, medium, 'medium-dark': mediumDark, dark };
}

/** Emojibase's data for one language, in the shape that the picker reads. A group's label is its key: the picker names it by our own texts. */
function emojiDataOf(locale: string, emojis: readonly EmojibaseEmoji[], messages: EmojibaseMessages): EmojiData {
  const components = messages.groups.find(({ key }) => key === COMPONENTS)?.order;
  const toneName = (key: string): string => messages.skinTones.find((tone) => tone.key === key)?.message ?? key;
  return {
    locale,
    emojis: emojis.flatMap((each) => {
      if (each.group === undefined || each.group === components || each.version > NEWEST) return [];
      const skins = skinsOf(each);
      const { emoji, label, group: category, version } = each;
      return [{ emoji, label, category, version, tags: [...(each.tags ?? [])], ...(skins && { skins }) }];
    }),
    categories: messages.groups
      .filter(({ order }) => order !== components)
      .map(({ order, key }) => ({ index: order, label: key })),
    skinTones: {
      light: toneName('light'),
      'medium-light': toneName('medium-light'),
      medium: toneName('medium'),
      'medium-dark': toneName('medium-dark'),
      dark: toneName('dark'),
    },
  };
}

const FILES = {
  en: () => Promise.all([import('emojibase-data/en/data.json'), import('emojibase-data/en/messages.json')]),
  zh: () => Promise.all([import('emojibase-data/zh/data.json'), import('emojibase-data/zh/messages.json')]),
} as const;

/** The names of emoji in one language, from our own files: nothing is asked of another server. */
export async function loadEmojiData(locale: string): Promise<EmojiData> {
  const [emojis, messages] = await (locale === 'zh' ? FILES.zh() : FILES.en());
  return emojiDataOf(locale, emojis.default, messages.default);
}
