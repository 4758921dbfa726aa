import type { ApplicationForm } from '@byline/client/applications/application-form.ts';
import type { Application } from '@byline/protocol/byline/applications.ts';
import { LONGEST_ANSWER, LONGEST_APPEAL } from '@byline/protocol/byline/progress.ts';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Button } from '../../ui/controls/Button.tsx';
import { TextArea } from '../../ui/controls/TextArea.tsx';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { useNow } from '../../ui/time/clock.tsx';
import { useFormats } from '../../ui/time/formats.ts';
import { useSaid } from '../desk/useSaid.ts';
import { useProblemText } from '../session/useProblemText.ts';
import styles from './WhatNext.module.css';

interface WhatNextProps {
  readonly form: ApplicationForm;
  readonly application: Application;
}

/** Who has the application, and until when something happens. */
export function ProgressLine({ application }: Pick<WhatNextProps, 'application'>) {
  const { t } = useTranslation('apply');
  const formats = useFormats();
  const now = useNow();
  const day = (at: number): string => formats.day(at, now);
  const {
    with: who,
    due_at: due,
    open_until: until,
    destroyed_at: destroyed,
    needs_second: second,
  } = application.progress;
  const isOpen = application.state === 'submitted' || application.state === 'in-review';
  return (
    <ul className={styles.progress}>
      {isOpen && who !== 'nobody' && who !== 'applicant' && <li>{t(`progress.with.${who}`)}</li>}
      {isOpen && second && <li>{t('progress.second')}</li>}
      {due !== null && <li>{t('progress.due', { day: day(due) })}</li>}
      {until !== null && <li>{t('progress.until', { day: day(until) })}</li>}
      {destroyed !== null && <li>{t('progress.destroyed', { day: day(destroyed) })}</li>}
    </ul>
  );
}

/** What the applicant answers, says against a refusal, or puts right. */
export function WhatNext({ form, application }: WhatNextProps) {
  const { t } = useTranslation('apply');
  const said = useSaid();
  const { next } = application.progress;
  const asked = application.messages.findLast(({ by }) => by === 'reviewer');
  if (next.includes('answer') && asked) {
    return (
      <Writing
        label={t('answer.label')}
        hint={t('answer.hint')}
        button={t('answer.send')}
        missing={t('answer.missing')}
        longest={LONGEST_ANSWER}
        send={(text) => form.answer(text)}
      >
        <blockquote className={styles.asked}>{said({ template: asked.template, reason: asked.text })}</blockquote>
      </Writing>
    );
  }
  if (!next.includes('send-anew')) return null;
  return (
    <>
      <Correcting form={form} />
      {next.includes('appeal') && (
        <Writing
          label={t('appealing.label')}
          hint={t('appealing.hint')}
          button={t('appealing.send')}
          missing={t('appealing.missing')}
          longest={LONGEST_APPEAL}
          send={(text) => form.appeal(text)}
        />
      )}
    </>
  );
}

function Correcting({ form }: Pick<WhatNextProps, 'form'>) {
  const { t } = useTranslation('apply');
  const [, navigate] = useLocation();
  const { pending, problem, attempt } = useAttempt();
  return (
    <div className={styles.next}>
      <p>{t('correcting.text')}</p>
      {problem && <Banner tone="danger">{problem}</Banner>}
      <Button
        tone="strong"
        pending={pending}
        onClick={() => void attempt(async () => navigate(`/me/apply/${await form.correct()}/review`))}
      >
        {t('correcting.begin')}
      </Button>
    </div>
  );
}

interface WritingProps {
  readonly label: string;
  readonly hint: string;
  readonly button: string;
  readonly missing: string;
  readonly longest: number;
  readonly send: (text: string) => Promise<void>;
  readonly children?: ReactNode;
}

function Writing({ label, hint, button, missing, longest, send, children }: WritingProps) {
  const [text, setText] = useState('');
  const [isTried, setTried] = useState(false);
  const { pending, problem, attempt } = useAttempt();
  const isEmpty = text.trim() === '';
  return (
    <form
      className={styles.next}
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!isEmpty) void attempt(() => send(text.trim()));
      }}
    >
      {children}
      <TextArea
        label={label}
        hint={hint}
        error={isTried && isEmpty ? missing : undefined}
        value={text}
        rows={3}
        maxLength={longest}
        onChange={setText}
      />
      {problem && <Banner tone="danger">{problem}</Banner>}
      <Button type="submit" pending={pending}>
        {button}
      </Button>
    </form>
  );
}

function useAttempt() {
  const problemText = useProblemText();
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const attempt = async (act: () => Promise<void>): Promise<void> => {
    setPending(true);
    setProblem(undefined);
    try {
      await act();
    } catch (error) {
      setProblem(problemText(error));
    } finally {
      setPending(false);
    }
  };
  return { pending, problem, attempt };
}
