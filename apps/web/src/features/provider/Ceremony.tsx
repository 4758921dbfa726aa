import { OtherKeyFile, SHORTEST_PASSPHRASE } from '@byline/client/review/key-ceremony.ts';
import type { CeremonyState, KeyCeremony } from '@byline/client/review/key-ceremony.ts';
import { serverOfUser } from '@byline/client/provider/staff-list.ts';
import { SealingError } from '@byline/core/sealing/sealing-error.ts';
import { CircleCheck, Download } from 'lucide-react';
import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { FileField } from '../../ui/controls/FileField.tsx';
import { TextField } from '../../ui/controls/TextField.tsx';
import { Progress } from '../../ui/feedback/Progress.tsx';
import { useAccount } from '../session/session.tsx';
import { useObservable } from '../session/useObservable.ts';
import { useProblemText } from '../session/useProblemText.ts';
import { saveFile } from './saveFile.ts';
import styles from './Ceremony.module.css';

const STEPS = ['passphrase', 'save', 'try'] as const;

/** The making of a key, in three steps: a passphrase, the file, and the proof that the file opens. */
export function Ceremony({ ceremony }: { ceremony: KeyCeremony }) {
  const state = useObservable(ceremony.state);
  if (state.step === 'done') return <Done />;
  if ('file' in state) return <SaveAndTry ceremony={ceremony} state={state} />;
  return <ChoosePassphrase ceremony={ceremony} isMaking={state.step === 'making'} />;
}

function Step({ at, title, children }: { at: (typeof STEPS)[number]; title: string; children: ReactNode }) {
  const { t } = useTranslation('provider');
  return (
    <section className={styles.step} aria-label={title}>
      <p className={styles.place}>{t('ceremony.place', { place: STEPS.indexOf(at) + 1, all: STEPS.length })}</p>
      <h2 className={styles.title}>{title}</h2>
      {children}
    </section>
  );
}

function ChoosePassphrase({ ceremony, isMaking }: { ceremony: KeyCeremony; isMaking: boolean }) {
  const { t } = useTranslation('provider');
  const { userId } = useAccount();
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [isTried, setTried] = useState(false);
  const isShort = passphrase.normalize('NFKC').length < SHORTEST_PASSPHRASE;
  const isOther = passphrase !== again;
  const make = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!isShort && !isOther) void ceremony.make(passphrase, serverOfUser(userId));
  };
  return (
    <Step at="passphrase" title={t('ceremony.passphrase.title')}>
      <p>{t('ceremony.passphrase.text')}</p>
      <form className={styles.form} onSubmit={make}>
        <TextField
          type="password"
          label={t('ceremony.passphrase.label')}
          hint={t('ceremony.passphrase.hint', { shortest: SHORTEST_PASSPHRASE })}
          error={isTried && isShort ? t('ceremony.passphrase.short', { shortest: SHORTEST_PASSPHRASE }) : undefined}
          autoComplete="new-password"
          value={passphrase}
          onChange={setPassphrase}
        />
        <TextField
          type="password"
          label={t('ceremony.passphrase.again')}
          error={isTried && !isShort && isOther ? t('ceremony.passphrase.other') : undefined}
          autoComplete="new-password"
          value={again}
          onChange={setAgain}
        />
        {isMaking && <Progress label={t('ceremony.making')} share={undefined} />}
        <div>
          <Button type="submit" tone="strong" pending={isMaking}>
            {t('ceremony.passphrase.make')}
          </Button>
        </div>
      </form>
    </Step>
  );
}

type MadeState = Extract<CeremonyState, { step: 'save' | 'try' | 'registering' }>;

function SaveAndTry({ ceremony, state }: { ceremony: KeyCeremony; state: MadeState }) {
  const { t } = useTranslation('provider');
  const save = (): void => {
    saveFile(state.file, state.fileName);
    ceremony.saved();
  };
  if (state.step === 'save') {
    return (
      <Step at="save" title={t('ceremony.save.title')}>
        <p>{t('ceremony.save.text')}</p>
        <p className={styles.print}>
          <span className={styles.printName}>{t('ceremony.print')}</span> {state.fingerprint}
        </p>
        <div>
          <Button tone="strong" icon={<Download />} onClick={save}>
            {t('ceremony.save.button')}
          </Button>
        </div>
      </Step>
    );
  }
  return (
    <Step at="try" title={t('ceremony.try.title')}>
      <p>{t('ceremony.try.text', { file: state.fileName })}</p>
      <TryFile ceremony={ceremony} isPending={state.step === 'registering'} />
      <div>
        <Button tone="quiet" size="s" icon={<Download />} onClick={save}>
          {t('ceremony.try.saveAgain')}
        </Button>
      </div>
    </Step>
  );
}

function TryFile({ ceremony, isPending }: { ceremony: KeyCeremony; isPending: boolean }) {
  const { t } = useTranslation('provider');
  const problemText = useProblemText();
  const [file, setFile] = useState<File>();
  const [passphrase, setPassphrase] = useState('');
  const [problem, setProblem] = useState<unknown>();
  const attempt = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setProblem(undefined);
    if (file === undefined) return;
    try {
      await ceremony.tryAndRegister(file, passphrase);
    } catch (error) {
      setProblem(error);
    }
  };
  const isWrong = problem instanceof SealingError && problem.code === 'wrong-passphrase';
  const fileProblem = (): string | undefined => {
    if (problem === undefined || isWrong) return undefined;
    if (problem instanceof OtherKeyFile) return t('ceremony.try.other');
    return problem instanceof SealingError ? t('ceremony.try.noKey') : problemText(problem);
  };
  return (
    <form className={styles.form} onSubmit={(event) => void attempt(event)}>
      <FileField
        label={t('ceremony.try.file')}
        accept=".json,application/json"
        file={file}
        onChange={setFile}
        error={fileProblem()}
      />
      <TextField
        type="password"
        label={t('ceremony.passphrase.label')}
        autoComplete="off"
        value={passphrase}
        onChange={setPassphrase}
        error={isWrong ? t('ceremony.try.wrong') : undefined}
      />
      <div>
        <Button type="submit" tone="strong" pending={isPending} disabled={file === undefined || passphrase === ''}>
          {t('ceremony.try.button')}
        </Button>
      </div>
    </form>
  );
}

function Done() {
  const { t } = useTranslation('provider');
  return (
    <section className={styles.done} role="status">
      <CircleCheck aria-hidden="true" />
      <div>
        <p className={styles.title}>{t('ceremony.done.title')}</p>
        <p>{t('ceremony.done.text')}</p>
      </div>
    </section>
  );
}
