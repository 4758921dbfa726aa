import { keptInBrowser } from '@byline/client/kept-text.ts';
import { Session } from '@byline/client/session/session.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { languageChoice, languageOf } from '../features/preferences/language.ts';
import { startTheme } from '../features/preferences/theme.ts';
import '../ui/style/tokens.css';
import '../ui/style/base.css';
import { App } from './App.tsx';
import { showLanguage, startI18n } from './i18n.ts';

startTheme();
await startI18n(languageOf(languageChoice.read()));
languageChoice.subscribe(() => void showLanguage(languageOf(languageChoice.read())));

const session = new Session({ baseUrl: location.origin, kept: keptInBrowser() });
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element #root');
createRoot(root).render(
  <StrictMode>
    <App session={session} />
  </StrictMode>,
);
