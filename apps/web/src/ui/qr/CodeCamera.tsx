import { useEffect, useRef, useState } from 'react';
import styles from './CodeCamera.module.css';
import { readCode } from './readCode.ts';

export interface CodeCameraProps {
  /** What the picture is, for those who don't see it. */
  readonly label: string;
  /** Bytes of a code that came before the camera; told again only when another one does. */
  readonly onCode: (bytes: Uint8Array) => void;
  /** Shown in place of the picture where there is no camera or it may not be used. */
  readonly refused: string;
}

/** So often a picture is looked at; a hand holds still longer than that. */
const EVERY_MS = 150;
/** Pixels of a side; more make it slower, and no code clearer. */
const SIDE = 640;

/** What the camera sees, until a QR code is in it. The camera is on while this is shown, and nothing of it is kept. */
export function CodeCamera({ label, onCode, refused }: CodeCameraProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [isRefused, setIsRefused] = useState(false);
  const tell = useRef(onCode);
  useEffect(() => {
    tell.current = onCode;
  }, [onCode]);
  useEffect(() => {
    const shown = video.current;
    if (!shown) return undefined;
    const left = new AbortController();
    lookFor(shown, left.signal, (bytes) => tell.current(bytes)).catch(() => setIsRefused(true));
    return () => left.abort();
  }, []);
  if (isRefused) return <p role="alert">{refused}</p>;
  return <video ref={video} className={styles.camera} aria-label={label} muted playsInline />;
}

/** Shows the camera in `video` and tells each code in it, until `left`. Throws as `getUserMedia` does. */
async function lookFor(video: HTMLVideoElement, left: AbortSignal, tell: (bytes: Uint8Array) => void): Promise<void> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  const stop = (): void => {
    for (const track of stream.getTracks()) track.stop();
  };
  // One may have left while the browser asked.
  if (left.aborted) return stop();
  left.addEventListener('abort', stop);
  video.srcObject = stream;
  await video.play();
  const context = new OffscreenCanvas(SIDE, SIDE).getContext('2d', { willReadFrequently: true });
  let last = '';
  const look = (): void => {
    const bytes = context ? readCode(pictureOf(video, context)) : undefined;
    const told = bytes?.join() ?? '';
    if (bytes && told !== last) tell(bytes);
    last = told || last;
  };
  const timer = setInterval(look, EVERY_MS);
  left.addEventListener('abort', () => clearInterval(timer));
}

/** The middle of what the camera sees, as the person sees it. */
function pictureOf(video: HTMLVideoElement, context: OffscreenCanvasRenderingContext2D): ImageData {
  const { videoWidth, videoHeight } = video;
  const side = Math.min(videoWidth, videoHeight);
  context.drawImage(video, (videoWidth - side) / 2, (videoHeight - side) / 2, side, side, 0, 0, SIDE, SIDE);
  return context.getImageData(0, 0, SIDE, SIDE);
}
