import { shortUserId } from '@byline/client/provider/staff-list.ts';
import type { ReviewCase } from '@byline/client/review/review-case.ts';
import type { UserId } from '@byline/protocol';
import { LONGEST_REASON } from '@byline/protocol/byline/identity.ts';
import { LONGEST_QUESTION } from '@byline/protocol/byline/progress.ts';
import type { TemplateId } from '@byline/protocol/byline/reason-templates.ts';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Select } from '../../ui/controls/Select.tsx';
import { CaseForm } from './CaseForm.tsx';
import { Templates } from './Templates.tsx';

export interface CaseFormsProps {
  readonly reviewCase: ReviewCase;
  readonly onCancel: () => void;
}

/** A question to the applicant. It is read by others too, so nothing private may be in it. */
export function QuestionForm({ reviewCase, onCancel }: CaseFormsProps) {
  const { t } = useTranslation('desk');
  const [text, setText] = useState('');
  const [template, setTemplate] = useState<TemplateId>();
  const [isTried, setTried] = useState(false);
  const area = useFocused();
  const isEmpty = text.trim() === '' && template === undefined;
  return (
    <CaseForm
      name={t('ask.do')}
      done={t('ask.done')}
      area={area}
      text={{
        label: t('ask.label'),
        hint: t('ask.hint'),
        error: isTried && isEmpty ? t('ask.missing') : undefined,
        longest: LONGEST_QUESTION,
        value: text,
        onChange: setText,
      }}
      act={async () => {
        setTried(true);
        if (isEmpty) return false;
        await reviewCase.ask({ template, text: text.trim() });
        return true;
      }}
      onCancel={onCancel}
    >
      <Templates use="question" value={template} onChange={setTemplate} />
    </CaseForm>
  );
}

/** Puts the case aside. */
export function PauseForm({ reviewCase, onCancel }: CaseFormsProps) {
  const { t } = useTranslation('desk');
  const [note, setNote] = useState('');
  const area = useFocused();
  return (
    <CaseForm
      name={t('pause.do')}
      done={t('pause.done')}
      area={area}
      text={{
        label: t('pause.label'),
        hint: t('pause.hint'),
        longest: LONGEST_REASON,
        value: note,
        onChange: setNote,
      }}
      act={async () => {
        await reviewCase.pause(note.trim());
        return true;
      }}
      onCancel={onCancel}
    />
  );
}

/** Gives the case to a colleague. */
export function HandOverForm({ reviewCase, onCancel }: CaseFormsProps) {
  const { t } = useTranslation('desk');
  const [note, setNote] = useState('');
  const [to, setTo] = useState<UserId>();
  const [isTried, setTried] = useState(false);
  const colleagues = useColleagues(reviewCase);
  const area = useFocused();
  return (
    <CaseForm
      name={t('handOver.do')}
      done={t('handOver.done')}
      area={area}
      text={{
        label: t('pause.label'),
        hint: t('pause.hint'),
        longest: LONGEST_REASON,
        value: note,
        onChange: setNote,
      }}
      act={async () => {
        setTried(true);
        if (to === undefined) return false;
        await reviewCase.handOver(to, note.trim());
        return true;
      }}
      onCancel={onCancel}
    >
      <Select
        label={t('handOver.to')}
        placeholder={colleagues?.length === 0 ? t('handOver.nobody') : t('handOver.choose')}
        error={isTried && to === undefined ? t('handOver.missing') : undefined}
        value={to}
        options={(colleagues ?? []).map((each) => ({ value: each, label: shortUserId(each) }))}
        onChange={setTo}
      />
    </CaseForm>
  );
}

/** Sends back what a colleague has proposed. */
export function SendBackForm({ reviewCase, onCancel }: CaseFormsProps) {
  const { t } = useTranslation('desk');
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const area = useFocused();
  const isEmpty = reason.trim() === '';
  return (
    <CaseForm
      name={t('sendBack.do')}
      done={t('sendBack.done')}
      isDanger
      area={area}
      text={{
        label: t('sendBack.label'),
        hint: t('sendBack.hint'),
        error: isTried && isEmpty ? t('reason.missing') : undefined,
        longest: LONGEST_REASON,
        value: reason,
        onChange: setReason,
      }}
      act={async () => {
        setTried(true);
        if (isEmpty) return false;
        await reviewCase.sendBack(reason.trim());
        return true;
      }}
      onCancel={onCancel}
    />
  );
}

/** Where one writes first. */
function useFocused() {
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => area.current?.focus(), []);
  return area;
}

function useColleagues(reviewCase: ReviewCase): readonly UserId[] | undefined {
  const [colleagues, setColleagues] = useState<readonly UserId[]>();
  useEffect(() => {
    let isGone = false;
    reviewCase.colleagues().then(
      (found) => isGone || setColleagues(found),
      () => isGone || setColleagues([]),
    );
    return () => {
      isGone = true;
    };
  }, [reviewCase]);
  return colleagues;
}
