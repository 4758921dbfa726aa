import { use } from 'react';
import type { ComponentType } from 'react';
import type { ScreenFile } from './places.ts';

const files = new Map<ScreenFile, Promise<{ default: ComponentType }>>();

/** Fetches a screen's file, once; after a failure it may be asked for again. */
export function fetchScreen(load: ScreenFile): Promise<{ default: ComponentType }> {
  const known = files.get(load);
  if (known) return known;
  const file = load();
  files.set(load, file);
  file.catch(() => files.delete(load));
  return file;
}

/** Shows a screen, and waits for its file first. */
export function Screen({ load }: { load: ScreenFile }) {
  const { default: Shown } = use(fetchScreen(load));
  return <Shown />;
}
