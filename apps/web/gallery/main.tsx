import { StrictMode, useState } from 'react';
import type { ComponentType } from 'react';
import { createRoot } from 'react-dom/client';
import { startI18n } from '../src/app/i18n.ts';
import { NowPlayingBar } from '../src/features/voice/NowPlayingBar.tsx';
import { PlaybackProvider } from '../src/features/voice/playback.tsx';
import { isLanguage } from '../src/locales/languages.ts';
import { ToastProvider } from '../src/ui/overlays/Toast.tsx';
import { World } from '../src/ui/style/World.tsx';
import type { WorldName } from '../src/ui/style/World.tsx';
import { sanitise } from '../src/ui/text/sanitise.ts';
import { ClockContext } from '../src/ui/time/clock.tsx';
import '../src/ui/style/tokens.css';
import '../src/ui/style/base.css';
import { Controls } from './Controls.tsx';
import { Feedback } from './Feedback.tsx';
import { Identity } from './Identity.tsx';
import { Lists } from './Lists.tsx';
import { Media } from './Media.tsx';
import { Overlays } from './Overlays.tsx';
import { Reading } from './Reading.tsx';
import { Talk } from './Talk.tsx';
import { Voice } from './Voice.tsx';
import { NOW, SamplesProvider, samplesFor, useSamples } from './samples.ts';
import type { Samples } from './samples.ts';
import styles from './gallery.module.css';

declare global {
  // A browser test puts foreign HTML through it.
  var bylineSanitise: typeof sanitise | undefined;
}
globalThis.bylineSanitise = sanitise;

/**
 * `/gallery?lang=zh-Hans&theme=dark`: every component of the design system in its states, for our own eyes.
 */
const query = new URLSearchParams(location.search);
const wanted = query.get('lang');
const language = isLanguage(wanted) ? wanted : 'en';
const theme = query.get('theme');
if (theme !== null) document.documentElement.dataset['theme'] = theme;

const SECTIONS: readonly { readonly id: keyof Samples['sections']; readonly Shown: ComponentType }[] = [
  { id: 'identity', Shown: Identity },
  { id: 'controls', Shown: Controls },
  { id: 'lists', Shown: Lists },
  { id: 'talk', Shown: Talk },
  { id: 'media', Shown: Media },
  { id: 'voice', Shown: Voice },
  { id: 'feedback', Shown: Feedback },
  { id: 'overlays', Shown: Overlays },
  { id: 'reading', Shown: Reading },
];
const WORLDS: readonly WorldName[] = ['ink', 'paper'];
const still = (): number => NOW;

function Gallery() {
  const texts = useSamples();
  const [only] = useState(query.get('section'));
  return (
    <main className={styles.page}>
      <h1 className={styles.title}>{texts.title}</h1>
      <NowPlayingBar />
      {SECTIONS.filter(({ id }) => only === null || only === id).map(({ id, Shown }) => (
        <section key={id} id={id} className={styles.section}>
          <h2 className={styles.heading}>{texts.sections[id]}</h2>
          <div className={styles.worlds}>
            {WORLDS.map((world) => (
              <World key={world} name={world} className={styles.world}>
                <h3 className={styles.worldName}>{texts[world]}</h3>
                <Shown />
              </World>
            ))}
          </div>
        </section>
      ))}
    </main>
  );
}

await startI18n(language);
const root = document.getElementById('root');
if (!root) throw new Error('gallery.html has no element #root');
createRoot(root).render(
  <StrictMode>
    <SamplesProvider value={samplesFor(language)}>
      <ClockContext value={still}>
        <ToastProvider>
          <PlaybackProvider>
            <Gallery />
          </PlaybackProvider>
        </ToastProvider>
      </ClockContext>
    </SamplesProvider>
  </StrictMode>,
);
document.documentElement.dataset['ready'] = 'true';
