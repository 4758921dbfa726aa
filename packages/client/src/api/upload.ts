import { ApiError } from './errors.ts';

export interface UploadOptions {
  /** Hears the share that has gone, from 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface Upload {
  readonly method: string;
  readonly url: string;
  readonly accessToken: string | undefined;
  readonly file: Blob;
  readonly options: UploadOptions;
}

interface UploadAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Sends a file. `fetch` can't say how far it is, so this is the older interface. */
export function sendByXhr({ method, url, accessToken, file, options }: Upload): Promise<UploadAnswer> {
  const { onProgress, signal } = options;
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const request = new XMLHttpRequest();
    const stop = (): void => request.abort();
    signal?.addEventListener('abort', stop, { once: true });
    request.upload.addEventListener('progress', ({ loaded, total, lengthComputable }) => {
      if (lengthComputable && total > 0) onProgress?.(loaded / total);
    });
    request.addEventListener('loadend', () => signal?.removeEventListener('abort', stop));
    request.addEventListener('load', () => resolve({ status: request.status, body: parsed(request.responseText) }));
    request.addEventListener('error', () =>
      reject(new ApiError('UNREACHABLE', 'The file could not be sent: the server could not be reached.')),
    );
    request.addEventListener('abort', () => reject(reasonOf(signal)));
    request.open(method, url);
    if (accessToken !== undefined) request.setRequestHeader('authorization', `Bearer ${accessToken}`);
    request.setRequestHeader('content-type', file.type || 'application/octet-stream');
    request.send(file);
  });
}

function reasonOf(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason;
  return reason instanceof Error ? reason : new Error('The upload was stopped.');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
