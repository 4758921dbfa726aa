import { levelOf } from './peaks.ts';

/**
 * Why nothing can be recorded: the person or the browser forbids it (`denied`), there is no microphone (`missing`),
 * another program holds it (`busy`), the browser can't record at all (`unsupported`), nothing was said (`empty`),
 * or something else went wrong (`failed`).
 */
export type WhyRefused = 'denied' | 'missing' | 'busy' | 'unsupported' | 'empty' | 'failed';

const REASONS: Readonly<Record<string, WhyRefused>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

export class Refused extends Error {
  override readonly name = 'Refused';
  readonly why: WhyRefused;

  constructor(why: WhyRefused, options?: ErrorOptions) {
    super(`Nothing can be recorded: ${why}.`, options);
    this.why = why;
  }
}

/** What went wrong on the way to a recording, by the names that browsers give it. */
export function refusalOf(error: unknown): WhyRefused {
  if (error instanceof Refused) return error.why;
  return (error instanceof DOMException && REASONS[error.name]) || 'failed';
}

const VOICE = {
  channelCount: 1,
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
} as const satisfies MediaTrackConstraints;

/** Asks for the microphone. Throws `Refused`, or as `getUserMedia` does. */
export async function openMicrophone(): Promise<MediaStream> {
  // There is none on a page without HTTPS, whatever the types say.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  if (devices === undefined || typeof MediaRecorder === 'undefined') throw new Refused('unsupported');
  return devices.getUserMedia({ audio: VOICE });
}

export function closeMicrophone(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** The best first. */
const FORMATS = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4;codecs=opus', 'audio/mp4'];
/** Bits per second; Opus is clear speech from there on. */
const CLEAR_SPEECH = 32_000;

/** Throws `Refused` when the browser records in no form that can be sent. */
export function recorderOf(stream: MediaStream): MediaRecorder {
  const mimeType = FORMATS.find((format) => MediaRecorder.isTypeSupported(format));
  if (mimeType === undefined) throw new Refused('unsupported');
  return new MediaRecorder(stream, { mimeType, audioBitsPerSecond: CLEAR_SPEECH });
}

/** How loud it is just now. */
export interface Meter {
  /** From 0 to 1. */
  readonly level: () => number;
  readonly close: () => void;
}

const WINDOW = 2048;

export function meterOf(stream: MediaStream): Meter {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: WINDOW });
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(WINDOW);
  return {
    level: () => {
      analyser.getFloatTimeDomainData(samples);
      return levelOf(samples);
    },
    close: () => void context.close(),
  };
}
