import { SealingError } from '@byline/core/sealing/sealing-error.ts';
import type { SealingErrorCode } from '@byline/core/sealing/sealing-error.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { FileField } from '../../ui/controls/FileField.tsx';
import { TextField } from '../../ui/controls/TextField.tsx';
import { useDesk } from '../provider/useDesk.ts';
import styles from './Unlock.module.css';

const LARGEST_FILE = 64 * 1024;
const PASSPHRASE_ERRORS: readonly SealingErrorCode[] = ['wrong-passphrase', 'weak-passphrase'];

/** Opens the reviewers' key file with its passphrase, in this page alone. */
export function Unlock({ wanted }: { wanted: string }) {
  const { t } = useTranslation('desk');
  const { keys } = useDesk();
  const [file, setFile] = useState<File>();
  const [passphrase, setPassphrase] = useState('');
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<SealingErrorCode | 'other' | 'file' | 'passphrase'>();

  const open = async (): Promise<void> => {
    if (file === undefined || passphrase === '') {
      setProblem(file === undefined ? 'file' : 'passphrase');
      return;
    }
    setPending(true);
    setProblem(undefined);
    try {
      const kid = await keys.open(file, passphrase);
      setPassphrase('');
      if (kid !== wanted) setProblem('other');
    } catch (error) {
      setProblem(error instanceof SealingError ? error.code : 'not-a-key-file');
    } finally {
      setPending(false);
    }
  };

  const isAboutPassphrase = problem === 'passphrase' || PASSPHRASE_ERRORS.some((code) => code === problem);
  const text = problem && t(`unlock.problems.${problem}`);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void open();
      }}
    >
      <p>{t('unlock.text')}</p>
      <FileField
        label={t('unlock.file')}
        accept=".json,application/json"
        maxBytes={LARGEST_FILE}
        file={file}
        onChange={setFile}
        error={isAboutPassphrase ? undefined : text}
      />
      <TextField
        type="password"
        label={t('unlock.passphrase')}
        autoComplete="off"
        value={passphrase}
        onChange={setPassphrase}
        error={isAboutPassphrase ? text : undefined}
      />
      <Button type="submit" tone="strong" pending={pending}>
        {t('unlock.open')}
      </Button>
      <p className={styles.note}>{t('unlock.note')}</p>
    </form>
  );
}
