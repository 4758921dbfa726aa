import type { ApplicationForm } from '@byline/client/applications/application-form.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { Dialog } from '../../ui/overlays/Dialog.tsx';
import { useToasts } from '../../ui/overlays/Toast.tsx';
import { useProblemText } from '../session/useProblemText.ts';

/** Takes an application back, once one has said so twice. */
export function Withdraw({ form }: { form: ApplicationForm }) {
  const { t } = useTranslation('apply');
  const { show } = useToasts();
  const problemText = useProblemText();
  const [open, setOpen] = useState(false);
  const [pending, setPending] = useState(false);
  const withdraw = async (): Promise<void> => {
    setPending(true);
    try {
      await form.withdraw();
      setOpen(false);
    } catch (error) {
      show({ message: problemText(error), tone: 'problem' });
    } finally {
      setPending(false);
    }
  };
  return (
    <>
      <Button tone="quiet" onClick={() => setOpen(true)}>
        {t('withdraw.button')}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={t('withdraw.title')}
        description={t('withdraw.text')}
        actions={
          <>
            <Button tone="quiet" onClick={() => setOpen(false)}>
              {t('withdraw.keep')}
            </Button>
            <Button tone="danger" pending={pending} onClick={() => void withdraw()}>
              {t('withdraw.button')}
            </Button>
          </>
        }
      />
    </>
  );
}
