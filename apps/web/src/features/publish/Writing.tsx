import type { Composer } from '@byline/client/publish/composer.ts';
import { Bold, Heading, Italic, Link2, List, TextQuote } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/controls/IconButton.tsx';
import { TextArea } from '../../ui/controls/TextArea.tsx';
import { useObservable } from '../session/useObservable.ts';
import { MARKS, withMark } from './marks.ts';
import type { Mark } from './marks.ts';
import styles from './Writing.module.css';

const ICONS = {
  heading: Heading,
  strong: Bold,
  stressed: Italic,
  quote: TextQuote,
  list: List,
  link: Link2,
} as const satisfies Record<Mark, typeof Bold>;

/** The letters by which a mark is set, with Ctrl or ⌘. */
const SHORTCUTS: Readonly<Record<string, Mark>> = { b: 'strong', i: 'stressed', k: 'link' };

/** A post's words, and what can be set in them. */
export function Writing({ composer }: { composer: Composer }) {
  const { t } = useTranslation('publish');
  const { text, chosen, editing } = useObservable(composer.state);
  const area = useRef<HTMLTextAreaElement>(null);
  const selection = useRef<readonly [number, number]>(undefined);
  const mark = (wanted: Mark): void => {
    const element = area.current;
    if (!element) return;
    const marked = withMark({ text, start: element.selectionStart, end: element.selectionEnd }, wanted);
    selection.current = [marked.start, marked.end];
    composer.write(marked.text);
    element.focus();
  };
  useLayoutEffect(() => {
    // React puts the cursor at the end when it writes the text.
    if (selection.current) area.current?.setSelectionRange(...selection.current);
    selection.current = undefined;
  });
  const isCaption = chosen.length > 0 || editing?.hasFile === true;
  return (
    <div className={styles.writing}>
      <div className={styles.marks} role="toolbar" aria-label={t('marks.label')}>
        {MARKS.map((each) => {
          const Icon = ICONS[each];
          return <IconButton key={each} label={t(`marks.${each}`)} icon={<Icon />} onClick={() => mark(each)} />;
        })}
      </div>
      <div className={styles.area}>
        <TextArea
          ref={area}
          label={isCaption ? t('write.caption') : t('write.label')}
          labelHidden
          placeholder={isCaption ? t('write.caption') : t('write.placeholder')}
          rows={isCaption ? 2 : 4}
          value={text}
          onChange={(next) => composer.write(next)}
          onKeyDown={(event) => {
            const wanted = event.ctrlKey || event.metaKey ? SHORTCUTS[event.key] : undefined;
            if (!wanted) return;
            event.preventDefault();
            mark(wanted);
          }}
        />
      </div>
    </div>
  );
}
