import { REGISTER_FORMATS, type RegisterFormat } from '@byline/protocol/byline/register.ts';
import { FileDown } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { Pane } from '../../ui/layout/Pane.tsx';
import { useToasts } from '../../ui/overlays/Toast.tsx';
import { useProblemText } from '../session/useProblemText.ts';
import { saveFile } from './saveFile.ts';
import { useDesk } from './useDesk.ts';
import styles from './RegisterPane.module.css';

/** The accounts that may publish now, as a file for whoever must be told of them. */
export function RegisterPane() {
  const { t } = useTranslation('provider');
  const desk = useDesk();
  const { show } = useToasts();
  const problemText = useProblemText();
  const [pending, setPending] = useState<RegisterFormat>();
  const save = async (format: RegisterFormat): Promise<void> => {
    setPending(format);
    try {
      saveFile(await desk.register(format), `register.${format}`);
    } catch (error) {
      show({ message: problemText(error), tone: 'problem' });
    } finally {
      setPending(undefined);
    }
  };
  return (
    <Pane title={t('register.title')} backTo="/desk" body="form">
      <p>{t('register.lead')}</p>
      <p>{t('register.never')}</p>
      <ul className={styles.files}>
        {REGISTER_FORMATS.map((format) => (
          <li key={format} className={styles.file}>
            <div>
              <p className={styles.name}>{t(`register.formats.${format}`)}</p>
              <p className={styles.hint}>{t(`register.hints.${format}`)}</p>
            </div>
            <Button pending={pending === format} onClick={() => void save(format)}>
              <FileDown aria-hidden="true" />
              {t(`register.save.${format}`)}
            </Button>
          </li>
        ))}
      </ul>
    </Pane>
  );
}
