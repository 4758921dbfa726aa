import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { PARTS, requirePart } from './machine.ts';

export interface ChromiumOptions {
  /** Absolute path of the WAV that the fake microphone plays, in a loop; without it the microphone beeps. */
  readonly microphone?: string;
  /** Absolute path of the Y4M that the fake camera shows, read each time when it is turned on; without it, a moving pattern. */
  readonly camera?: string;
}

/** Quiet and offline: nothing of the browser's own may use the network or the machine's two cores. */
const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const FAKE_DEVICES = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

/** Chromium's sandbox refuses root. */
const sandbox = (): string[] => (process.getuid?.() === 0 ? ['--no-sandbox'] : []);

/** Starts the machine's own Chromium, headless, with a fake camera and microphone that ask for no permission. */
export function launchChromium({ microphone, camera }: ChromiumOptions = {}): Promise<Browser> {
  const voice = microphone === undefined ? [] : [`--use-file-for-fake-audio-capture=${microphone}`];
  const sight = camera === undefined ? [] : [`--use-file-for-fake-video-capture=${camera}`];
  return chromium.launch({
    executablePath: requirePart(PARTS.chromium),
    args: [...QUIET, ...FAKE_DEVICES, ...sandbox(), ...voice, ...sight],
  });
}
