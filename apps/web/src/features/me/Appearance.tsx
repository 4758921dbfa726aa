import { Monitor, Moon, Sun } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { LANGUAGES, languageCodes } from '../../locales/languages.ts';
import { RadioGroup } from '../../ui/controls/RadioGroup.tsx';
import { Pane } from '../../ui/layout/Pane.tsx';
import { useChoice } from '../preferences/choice.ts';
import { languageChoice } from '../preferences/language.ts';
import type { LanguageChoice } from '../preferences/language.ts';
import { themeChoice } from '../preferences/theme.ts';

/** How the app looks and which language it speaks. Each choice holds at once, in this browser. */
export function Appearance() {
  const { t } = useTranslation('me');
  const theme = useChoice(themeChoice);
  const language = useChoice(languageChoice);
  return (
    <Pane title={t('appearance.title')} backTo="/me" body="form">
      <RadioGroup
        label={t('appearance.theme')}
        value={theme}
        onChange={themeChoice.write}
        options={[
          { value: 'system', label: t('appearance.themes.system'), picture: <Monitor /> },
          { value: 'light', label: t('appearance.themes.light'), picture: <Sun /> },
          { value: 'dark', label: t('appearance.themes.dark'), picture: <Moon /> },
        ]}
      />
      <RadioGroup<LanguageChoice>
        label={t('appearance.language')}
        value={language}
        onChange={languageChoice.write}
        options={[
          { value: 'system', label: t('appearance.languageSystem') },
          ...languageCodes.map((code) => ({ value: code, label: LANGUAGES[code] })),
        ]}
      />
    </Pane>
  );
}
