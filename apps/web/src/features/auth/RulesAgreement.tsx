import type { Resource } from '@byline/client/resource.ts';
import type { Rules } from '@byline/protocol/byline/rules.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { Checkbox } from '../../ui/controls/Checkbox.tsx';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { Skeleton } from '../../ui/feedback/Skeleton.tsx';
import { Dialog } from '../../ui/overlays/Dialog.tsx';
import { useObservable } from '../session/useObservable.ts';
import { useProblemText } from '../session/useProblemText.ts';
import styles from './RulesAgreement.module.css';
import { RulesText } from './RulesText.tsx';

export interface RulesAgreementProps {
  readonly rules: Resource<Rules>;
  readonly agreed: boolean;
  /** The form was sent once: what is missing is said now. */
  readonly tried: boolean;
  readonly onChange: (agreed: boolean) => void;
}

/** The provider's rules, to read in full and to agree to. */
export function RulesAgreement({ rules, agreed, tried, onChange }: RulesAgreementProps) {
  const { t, i18n } = useTranslation(['auth', 'ui']);
  const problemText = useProblemText();
  const loaded = useObservable(rules);
  const [open, setOpen] = useState(false);
  if (loaded.value === undefined) {
    if (loaded.state !== 'failed') return <Skeleton height="72px" />;
    return (
      <Banner
        tone="warning"
        action={
          <Button size="s" onClick={() => void rules.reload()}>
            {t('ui:tryAgain')}
          </Button>
        }
      >
        {problemText(loaded.error)}
      </Banner>
    );
  }
  const text = loaded.value.texts[i18n.language === 'zh-Hans' ? 'zh-Hans' : 'en'];
  return (
    <div className={styles.rules}>
      <p className={styles.introduction}>{text.introduction}</p>
      <Button size="s" onClick={() => setOpen(true)}>
        {t('rules.read')}
      </Button>
      <Checkbox
        label={t('rules.agree')}
        checked={agreed}
        onChange={onChange}
        error={tried && !agreed ? t('rules.missing') : undefined}
      />
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={text.title}
        actions={
          <>
            <Button tone="quiet" onClick={() => setOpen(false)}>
              {t('ui:close')}
            </Button>
            <Button
              tone="strong"
              onClick={() => {
                onChange(true);
                setOpen(false);
              }}
            >
              {t('rules.agreeShort')}
            </Button>
          </>
        }
      >
        <RulesText text={text} />
      </Dialog>
    </div>
  );
}
