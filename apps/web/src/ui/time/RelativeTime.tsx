import { useNow } from './clock.tsx';
import { useFormats } from './formats.ts';

export interface RelativeTimeProps {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** `relative`: "2 minutes ago". `list`: the shortest that is clear in a list. `time`: the time of day. `full`: all of it. */
  readonly look?: 'relative' | 'list' | 'time' | 'full' | undefined;
}

/** A point in time, in the person's words; the whole of it when one rests on it. It stays true while one looks. */
export function RelativeTime({ at, look = 'relative' }: RelativeTimeProps) {
  const now = useNow();
  const formats = useFormats();
  const text = {
    relative: () => formats.relative(at, now),
    list: () => formats.listTime(at, now),
    time: () => formats.time(at),
    full: () => formats.full(at),
  }[look];
  return (
    <time dateTime={new Date(at).toISOString()} title={formats.full(at)}>
      {text()}
    </time>
  );
}
