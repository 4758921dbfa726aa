import { WrongRecoveryKey } from '@byline/client/crypto/recovery.ts';
import type { Trust } from '@byline/client/crypto/trust.ts';
import { KeyRound, MonitorSmartphone } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { FormEvent, KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { TextArea } from '../../ui/controls/TextArea.tsx';
import { Progress } from '../../ui/feedback/Progress.tsx';
import { Form } from '../auth/Form.tsx';
import { ProblemBanner } from '../me/ProblemBanner.tsx';
import { useAttempt } from '../me/useAttempt.ts';
import { useObservable } from '../session/useObservable.ts';
import { BeginAnew } from './BeginAnew.tsx';
import styles from './Trust.module.css';

type Way = 'choose' | 'key' | 'lost';

/** Shows that a new device is one's own: with another one, with the recovery key, or, when both are lost, by beginning anew. */
export function ConfirmYou({ trust }: { trust: Trust }) {
  const [way, setWay] = useState<Way>('choose');
  if (way === 'key') return <WithRecoveryKey trust={trust} onBack={() => setWay('choose')} />;
  if (way === 'lost') return <BeginAnew trust={trust} onBack={() => setWay('choose')} />;
  return <Choose trust={trust} onChoose={setWay} />;
}

function Choose({ trust, onChoose }: { trust: Trust; onChoose: (way: Way) => void }) {
  const { t } = useTranslation('trust');
  const standings = useObservable(trust.devices.standings);
  const hasKey = useHasRecoveryKey(trust);
  const { pending, problem, run } = useAttempt();
  const hasDevice = [...standings.values()].includes('confirmed');
  return (
    <div className={styles.steps}>
      <h2 className={styles.subtitle}>{t('confirm.title')}</h2>
      <p className={styles.text}>{t('confirm.text')}</p>
      <ProblemBanner problem={problem} />
      {hasDevice && (
        <Button
          tone="strong"
          wide
          icon={<MonitorSmartphone />}
          pending={pending}
          onClick={() => void run(() => trust.verifications.askOwnDevices())}
        >
          {t('confirm.device')}
        </Button>
      )}
      {hasKey && (
        <Button tone={hasDevice ? 'soft' : 'strong'} wide icon={<KeyRound />} onClick={() => onChoose('key')}>
          {t('confirm.key')}
        </Button>
      )}
      <Button tone="quiet" wide onClick={() => onChoose('lost')}>
        {t('confirm.lost')}
      </Button>
    </div>
  );
}

function useHasRecoveryKey(trust: Trust): boolean {
  const [hasKey, setHasKey] = useState(false);
  useEffect(() => {
    // Where it can't be asked, there is no way by it just now either.
    trust.hasRecoveryKey().then(setHasKey, () => setHasKey(false));
  }, [trust]);
  return hasKey;
}

/** A key is long enough for two lines, so that it can be compared, but it is still one word. */
function sendByReturn(event: KeyboardEvent<HTMLTextAreaElement>): void {
  if (event.key !== 'Enter') return;
  event.preventDefault();
  event.currentTarget.form?.requestSubmit();
}

function WithRecoveryKey({ trust, onBack }: { trust: Trust; onBack: () => void }) {
  const { t } = useTranslation('trust');
  const [entered, setEntered] = useState('');
  const [tried, setTried] = useState(false);
  const { pending, problem, run, forget } = useAttempt();
  const progress = useObservable(trust.recovery.progress);
  const isWrong = problem instanceof WrongRecoveryKey;
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (entered.trim() !== '') await run(() => trust.recovery.confirm(entered));
  };
  const error = isWrong ? t('enter.wrong') : tried && entered.trim() === '' ? t('enter.missing') : undefined;
  return (
    <Form onSubmit={send}>
      <h2 className={styles.subtitle}>{t('enter.title')}</h2>
      <TextArea
        rows={2}
        label={t('enter.label')}
        hint={t('enter.hint')}
        value={entered}
        onChange={(text) => {
          forget();
          setEntered(text);
        }}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onKeyDown={sendByReturn}
        error={error}
      />
      {!isWrong && <ProblemBanner problem={problem} />}
      {progress !== undefined && <Progress label={t('enter.reading')} share={progress} />}
      <Button type="submit" tone="strong" wide pending={pending}>
        {t('enter.action')}
      </Button>
      <Button tone="quiet" wide onClick={onBack}>
        {t('back')}
      </Button>
    </Form>
  );
}
