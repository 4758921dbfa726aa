import { useState } from 'react';
import type { FormEvent, ReactNode, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Button } from '../../ui/controls/Button.tsx';
import { TextArea } from '../../ui/controls/TextArea.tsx';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { useToasts } from '../../ui/overlays/Toast.tsx';
import { useDesk } from '../provider/useDesk.ts';
import { useProblemText } from '../session/useProblemText.ts';
import styles from './DecisionForm.module.css';

export interface CaseFormProps {
  /** What is done. */
  readonly name: string;
  readonly done: string;
  readonly isDanger?: boolean | undefined;
  readonly text: {
    readonly label: string;
    readonly hint: string;
    readonly error?: string | undefined;
    readonly longest: number;
    readonly value: string;
    readonly onChange: (text: string) => void;
  };
  readonly area?: RefObject<HTMLTextAreaElement | null> | undefined;
  readonly children?: ReactNode;
  /** What is done; tells whether it could be done at all. */
  readonly act: () => Promise<boolean>;
  readonly onCancel: () => void;
}

/** Something that one does with a case and words that go with it; afterwards the case is with somebody else. */
export function CaseForm({ name, done, isDanger = false, text, area, children, act, onCancel }: CaseFormProps) {
  const { t } = useTranslation('desk');
  const [, navigate] = useLocation();
  const { queue } = useDesk();
  const { show } = useToasts();
  const problemText = useProblemText();
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const submit = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault();
    setPending(true);
    setProblem(undefined);
    try {
      if (!(await act())) return;
      show({ message: done });
      navigate('/desk', { replace: true });
      void queue.reload();
    } catch (error) {
      setProblem(problemText(error, { BYLINE_CASE_CONFLICT: t('conflict'), BYLINE_OWN_CASE: t('barred') }));
    } finally {
      setPending(false);
    }
  };
  return (
    <form className={styles.form} aria-label={name} onSubmit={(event) => void submit(event)}>
      <TextArea
        ref={area}
        label={text.label}
        hint={text.hint}
        error={text.error}
        value={text.value}
        rows={3}
        maxLength={text.longest}
        onChange={text.onChange}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onCancel();
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit();
        }}
      />
      {children}
      {problem && <Banner tone="danger">{problem}</Banner>}
      <div className={styles.actions}>
        <Button tone="quiet" onClick={onCancel}>
          {t('decide.cancel')}
        </Button>
        <Button type="submit" tone={isDanger ? 'danger' : 'strong'} pending={pending}>
          {name}
        </Button>
      </div>
    </form>
  );
}
