import type { Decision, ReviewCase } from '@byline/client/review/review-case.ts';
import { CATEGORIES, LONGEST_REASON } from '@byline/protocol/byline/identity.ts';
import type { Category } from '@byline/protocol/byline/identity.ts';
import type { LabelId } from '@byline/protocol/byline/labels.ts';
import type { TemplateId } from '@byline/protocol/byline/reason-templates.ts';
import type { Case } from '@byline/protocol/byline/review.ts';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Button } from '../../ui/controls/Button.tsx';
import { Select } from '../../ui/controls/Select.tsx';
import { TextArea } from '../../ui/controls/TextArea.tsx';
import { TextField } from '../../ui/controls/TextField.tsx';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { useToasts } from '../../ui/overlays/Toast.tsx';
import { useNow } from '../../ui/time/clock.tsx';
import { useProblemText } from '../session/useProblemText.ts';
import { dateOf, endOf, inAYear } from '../provider/dates.ts';
import { useDesk } from '../provider/useDesk.ts';
import { LabelChoice } from './LabelChoice.tsx';
import { Templates } from './Templates.tsx';
import styles from './DecisionForm.module.css';

export type DecisionKind = Decision['decision'];

export interface DecisionFormProps {
  readonly kind: DecisionKind;
  readonly reviewCase: ReviewCase;
  readonly value: Case;
  readonly onCancel: () => void;
}

/** A decision and its reason, which the applicant reads. */
export function DecisionForm({ kind, reviewCase, value, onCancel }: DecisionFormProps) {
  const { t } = useTranslation(['desk', 'account']);
  const [, navigate] = useLocation();
  const { queue } = useDesk();
  const { show } = useToasts();
  const problemText = useProblemText();
  const now = useNow();
  const [reason, setReason] = useState('');
  const [template, setTemplate] = useState<TemplateId>();
  const [category, setCategory] = useState<Category | undefined>(value.public.category);
  const [label, setLabel] = useState<LabelId>();
  const [until, setUntil] = useState(() => dateOf(inAYear(now)));
  const [isTried, setTried] = useState(false);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => area.current?.focus(), []);
  const isGrant = kind === 'approve' && value.purpose === 'public-account';
  const isEmpty = reason.trim() === '' && template === undefined;
  const expires = endOf(until);
  const isLate = expires === undefined || expires <= now;

  const name = kind === 'approve' && value.needs_second ? t('decide.propose') : t(`decide.${kind}`);

  const decide = async (): Promise<void> => {
    setTried(true);
    if (isEmpty) {
      area.current?.focus();
      return;
    }
    if (isGrant && isLate) return;
    setPending(true);
    setProblem(undefined);
    const grant = { category, expires, label };
    try {
      await reviewCase.decide({ decision: kind, template, reason: reason.trim(), ...(isGrant && grant) });
      show({ message: kind === 'approve' && value.needs_second ? t('decided.proposed') : t(`decided.${kind}`) });
      navigate('/desk', { replace: true });
      void queue.reload();
    } catch (error) {
      setProblem(problemText(error, { BYLINE_CASE_CONFLICT: t('conflict'), BYLINE_OWN_CASE: t('barred') }));
    } finally {
      setPending(false);
    }
  };

  return (
    <form
      className={styles.form}
      aria-label={name}
      onSubmit={(event) => {
        event.preventDefault();
        void decide();
      }}
    >
      <TextArea
        ref={area}
        label={t(`reason.${kind}`)}
        hint={t('reason.hint')}
        error={isTried && isEmpty ? t('reason.missing') : undefined}
        value={reason}
        rows={3}
        maxLength={LONGEST_REASON}
        onChange={setReason}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onCancel();
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void decide();
        }}
      />
      <Templates use={kind} value={template} onChange={setTemplate} />
      {isGrant && (
        <div className={styles.grant}>
          <Select
            label={t('grant.category')}
            value={category}
            options={CATEGORIES.map((each) => ({ value: each, label: t(`account:categories.${each}`) }))}
            onChange={setCategory}
          />
          <TextField
            type="date"
            label={t('grant.until')}
            error={isTried && isLate ? t('grant.late') : undefined}
            value={until}
            onChange={setUntil}
          />
          <LabelChoice value={value} label={label} onChange={setLabel} />
        </div>
      )}
      {problem && <Banner tone="danger">{problem}</Banner>}
      <div className={styles.actions}>
        <Button tone="quiet" onClick={onCancel}>
          {t('decide.cancel')}
        </Button>
        <Button type="submit" tone={kind === 'refuse' ? 'danger' : 'strong'} pending={pending}>
          {name}
        </Button>
      </div>
    </form>
  );
}
