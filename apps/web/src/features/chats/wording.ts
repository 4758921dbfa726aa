import type { ConversationName, ConversationSummary, Preview } from '@byline/client/conversations/summary.ts';
import { oneLineOf } from '@byline/client/messages/content.ts';
import type { Content } from '@byline/client/messages/content.ts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../ui/time/formats.ts';

/** How conversations and what is said in them are put into words. */
export interface Wording {
  readonly name: (name: ConversationName) => string;
  /** One line of what a message shows. */
  readonly line: (content: Content) => string;
  readonly preview: (preview: Preview, kind: ConversationSummary['kind']) => string;
  /** "Anna, Ben and Carla" */
  readonly list: (names: readonly string[]) => string;
}

export function useWording(): Wording {
  const { t, i18n } = useTranslation('chats');
  const formats = useFormats();
  const language = i18n.language;
  return useMemo(() => {
    const lists = new Intl.ListFormat(language, { type: 'conjunction' });
    const name = (given: ConversationName): string => {
      if (given.kind === 'own') return given.text;
      if (given.kind === 'left')
        return given.name === undefined ? t('name.empty') : t('name.left', { name: given.name });
      return given.more === 0
        ? lists.format(given.names)
        : t('name.more', { names: given.names.join(', '), count: given.more });
    };
    const line = (content: Content): string => {
      if (content.kind === 'text') return oneLineOf(content);
      if (content.kind === 'deleted' || content.kind === 'locked') return t(`kind.${content.kind}`);
      const said = oneLineOf(content);
      if (content.kind === 'poll') return t('kind.poll', { question: said });
      if (content.kind === 'file') return said || content.name;
      if (content.kind === 'sound') return t('kind.voice', { length: formats.length(content.length) });
      return said === '' ? t('kind.picture') : t('kind.pictureSaying', { said });
    };
    const preview = ({ own, sender, content }: Preview, kind: ConversationSummary['kind']): string => {
      const said = line(content);
      if (content.kind === 'text' && content.emote) return t('preview.emote', { name: sender.name, said });
      if (own) return t('preview.own', { said });
      return kind === 'group' ? t('preview.from', { name: sender.name, said }) : said;
    };
    return { name, line, preview, list: (names) => lists.format(names) };
  }, [t, language, formats]);
}
