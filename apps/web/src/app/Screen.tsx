import { use } from 'react';
import type { ComponentType } from 'react';
import type { ScreenFile } from './places.ts';

type Loading = Promise<{ default: ComponentType }>;

const files = new Map<ScreenFile, Loading>();
const failed = new Set<ScreenFile>();

/** Fetches a screen's file, once. A failure is kept: asking anew at every rendering would never end. */
export function fetchScreen(load: ScreenFile): Loading {
  const known = files.get(load);
  if (known) return known;
  const file = load();
  files.set(load, file);
  file.catch(() => failed.add(load));
  return file;
}

/** So that what could not be fetched may be asked for again. */
export function forgetFailedScreens(): void {
  for (const load of failed) files.delete(load);
  failed.clear();
}

/** Shows a screen, and waits for its file first. */
export function Screen({ load }: { load: ScreenFile }) {
  const { default: Shown } = use(fetchScreen(load));
  return <Shown />;
}
