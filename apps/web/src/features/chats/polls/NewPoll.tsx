import { MOST_OPTIONS } from '@byline/client/polls/poll-content.ts';
import { Plus, X } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/controls/Button.tsx';
import { FieldError } from '../../../ui/controls/Field.tsx';
import { IconButton } from '../../../ui/controls/IconButton.tsx';
import { Switch } from '../../../ui/controls/Switch.tsx';
import { TextField } from '../../../ui/controls/TextField.tsx';
import { Dialog } from '../../../ui/overlays/Dialog.tsx';
import { useConversation } from '../conversation.tsx';
import styles from './NewPoll.module.css';

interface Option {
  readonly key: number;
  readonly text: string;
}

interface Draft {
  readonly question: string;
  readonly options: readonly Option[];
  readonly several: boolean;
  readonly atEnd: boolean;
}

const EMPTY: Draft = {
  question: '',
  options: [
    { key: 0, text: '' },
    { key: 1, text: '' },
  ],
  several: false,
  atEnd: false,
};
const FEWEST_OPTIONS = 2;
const LONGEST = 300;

/** The options that were written, each once. */
const writtenIn = ({ options }: Draft): readonly string[] => [
  ...new Set(options.map(({ text }) => text.trim()).filter((text) => text !== '')),
];

/** Asks all who take part: a question, and what they may choose. What is written stays when the dialog is closed. */
export function NewPoll({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('chats');
  const { strand } = useConversation();
  const form = useId();
  const [draft, setDraft] = useState(EMPTY);
  const [tried, setTried] = useState(false);
  const { question, several, atEnd } = draft;
  const options = writtenIn(draft);
  const isWhole = question.trim() !== '' && options.length >= FEWEST_OPTIONS;
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });
  const ask = (event: FormEvent): void => {
    event.preventDefault();
    // It stands inside of the composer, and is no part of it.
    event.stopPropagation();
    setTried(true);
    if (!isWhole) return;
    strand.ask({
      question: question.trim(),
      options,
      mostChoices: several ? options.length : 1,
      isOpen: !atEnd,
    });
    setDraft(EMPTY);
    setTried(false);
    onClose();
  };
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={t('poll.title')}
      actions={
        <>
          <Button tone="quiet" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="strong" type="submit" form={form}>
            {t('poll.ask')}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} noValidate onSubmit={ask}>
        <TextField
          label={t('poll.question')}
          value={question}
          onChange={(text) => change({ question: text })}
          maxLength={LONGEST}
          error={tried && question.trim() === '' ? t('poll.questionMissing') : undefined}
        />
        <Options
          options={draft.options}
          error={tried && options.length < FEWEST_OPTIONS ? t('poll.optionsMissing') : undefined}
          onChange={(changed) => change({ options: changed })}
        />
        <Switch
          label={t('poll.several')}
          hint={t('poll.severalHint')}
          checked={several}
          onChange={(is) => change({ several: is })}
        />
        <Switch
          label={t('poll.atEnd')}
          hint={t('poll.atEndHint')}
          checked={atEnd}
          onChange={(is) => change({ atEnd: is })}
        />
      </form>
    </Dialog>
  );
}

function Options({
  options,
  error,
  onChange,
}: {
  options: readonly Option[];
  error: string | undefined;
  onChange: (options: readonly Option[]) => void;
}) {
  const { t } = useTranslation('chats');
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [added, setAdded] = useState<number>();
  useEffect(() => {
    if (added !== undefined) list.current?.querySelector<HTMLInputElement>(`[data-option="${added}"] input`)?.focus();
  }, [added]);
  const add = (): void => {
    const key = Math.max(...options.map((option) => option.key)) + 1;
    setAdded(key);
    onChange([...options, { key, text: '' }]);
  };
  return (
    <fieldset className={styles.options} aria-describedby={error ? id : undefined}>
      <legend className={styles.legend}>{t('poll.options')}</legend>
      <div ref={list} className={styles.list}>
        {options.map(({ key, text }, index) => (
          <div key={key} data-option={key} className={styles.option}>
            <div className={styles.text}>
              <TextField
                label={t('poll.option', { number: index + 1 })}
                labelHidden
                placeholder={t('poll.option', { number: index + 1 })}
                value={text}
                maxLength={LONGEST}
                onChange={(written) =>
                  onChange(options.map((each) => (each.key === key ? { key, text: written } : each)))
                }
              />
            </div>
            {options.length > FEWEST_OPTIONS && (
              <IconButton
                label={t('poll.removeOption', { number: index + 1 })}
                icon={<X />}
                tooltip={false}
                onClick={() => onChange(options.filter((each) => each.key !== key))}
              />
            )}
          </div>
        ))}
      </div>
      <FieldError id={id} error={error} />
      {options.length < MOST_OPTIONS && (
        <Button size="s" icon={<Plus aria-hidden="true" />} onClick={add}>
          {t('poll.add')}
        </Button>
      )}
    </fieldset>
  );
}
