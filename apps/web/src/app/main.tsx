import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { languageChoice, languageOf } from '../features/preferences/language.ts';
import { startTheme } from '../features/preferences/theme.ts';
import '../ui/style/tokens.css';
import '../ui/style/base.css';
import { App } from './App.tsx';
import { startI18n } from './i18n.ts';

startTheme();
const i18n = await startI18n(languageOf(languageChoice.read()));
languageChoice.subscribe(() => void i18n.changeLanguage(languageOf(languageChoice.read())));

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element #root');
createRoot(root).render(
  <StrictMode>
    <App session={{ isStaff: false }} />
  </StrictMode>,
);
