import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** How dates, lengths and numbers are written in one language. Points in time are milliseconds since 1970. */
export interface Formats {
  /** `1,024` */
  readonly number: (value: number) => string;
  /** `1.2K`, `1.2万` */
  readonly compactNumber: (value: number) => string;
  /** `42%`, from 0.42 */
  readonly percent: (share: number) => string;
  /** `1.5 MB`, from bytes */
  readonly fileSize: (bytes: number) => string;
  /** `14:05` */
  readonly time: (at: number) => string;
  /** `5 March`, with the year when it is another */
  readonly date: (at: number, now: number) => string;
  /** `Wednesday, 5 March 2026 at 14:05` */
  readonly full: (at: number) => string;
  /** The shortest that is clear in a list: the time today, yesterday, the weekday, then the date. */
  readonly listTime: (at: number, now: number) => string;
  /** A whole day: today, yesterday, the weekday, then the date. */
  readonly day: (at: number, now: number) => string;
  /** `2 minutes ago`, `in 3 days`; the date when it is more than a week away. */
  readonly relative: (at: number, now: number) => string;
  /** `90 minutes`, `3 hours`, `2 days`, rounded up, from milliseconds */
  readonly duration: (milliseconds: number) => string;
  /** `0:07`, `12:40`, `1:02:03`, from seconds */
  readonly length: (seconds: number) => string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** Steps of `Intl.RelativeTimeFormat`, the largest that fits wins. */
const STEPS = [
  [DAY, 'day'],
  [HOUR, 'hour'],
  [MINUTE, 'minute'],
] as const;

const twoDigits = (value: number): string => String(value).padStart(2, '0');

function lengthOf(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const minutes = Math.floor(whole / 60);
  const rest = twoDigits(whole % 60);
  if (minutes < 60) return `${minutes}:${rest}`;
  return `${Math.floor(minutes / 60)}:${twoDigits(minutes % 60)}:${rest}`;
}

/** `timeZone` is the person's own unless a test says otherwise. */
export function formatsFor(language: string, timeZone?: string): Formats {
  /** It stands alone there, so it begins as a sentence does. */
  const capitalised = (text: string): string => text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
  const dates = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(language, { timeZone, ...options });
  const numbers = new Intl.NumberFormat(language);
  const compact = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 });
  const shares = new Intl.NumberFormat(language, { style: 'percent' });
  const relatives = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const times = dates({ timeStyle: 'short' });
  const days = dates({ day: 'numeric', month: 'short' });
  const daysWithYear = dates({ day: 'numeric', month: 'short', year: 'numeric' });
  const weekdays = dates({ weekday: 'short' });
  const longWeekdays = dates({ weekday: 'long' });
  const longDays = dates({ day: 'numeric', month: 'long' });
  const longDaysWithYear = dates({ day: 'numeric', month: 'long', year: 'numeric' });
  const fulls = dates({ dateStyle: 'full', timeStyle: 'short' });
  const parts = dates({ year: 'numeric', month: 'numeric', day: 'numeric' });

  /** The calendar day in the person's zone, as a count, so that two can be compared. */
  const dayOf = (at: number): number => {
    const part = (type: Intl.DateTimeFormatPartTypes): number =>
      Number(
        parts
          .formatToParts(at)
          .find((each) => each.type === type)
          ?.value.replace(/\D/g, ''),
      );
    return Date.UTC(part('year'), part('month') - 1, part('day')) / DAY;
  };
  const yearOf = (at: number): number => new Date(dayOf(at) * DAY).getUTCFullYear();
  const date = (at: number, now: number): string => (yearOf(at) === yearOf(now) ? days : daysWithYear).format(at);

  return {
    number: (value) => numbers.format(value),
    compactNumber: (value) => compact.format(value),
    percent: (share) => shares.format(share),
    fileSize: (bytes) => {
      const power = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log(Math.max(1, bytes)) / Math.log(1000))));
      return new Intl.NumberFormat(language, {
        style: 'unit',
        unit: UNITS[power],
        unitDisplay: power === 0 ? 'long' : 'short',
        maximumFractionDigits: power > 1 ? 1 : 0,
      }).format(bytes / 1000 ** power);
    },
    time: (at) => times.format(at),
    date,
    full: (at) => fulls.format(at),
    listTime: (at, now) => {
      const ago = dayOf(now) - dayOf(at);
      if (ago === 0) return times.format(at);
      if (ago === 1) return capitalised(relatives.format(-1, 'day'));
      if (ago > 1 && ago < 7) return weekdays.format(at);
      return date(at, now);
    },
    day: (at, now) => {
      const ago = dayOf(now) - dayOf(at);
      if (ago === 0 || ago === 1) return capitalised(relatives.format(-ago, 'day'));
      if (ago > 1 && ago < 7) return longWeekdays.format(at);
      return yearOf(at) === yearOf(now) ? longDays.format(at) : longDaysWithYear.format(at);
    },
    relative: (at, now) => {
      const away = at - now;
      if (Math.abs(away) >= WEEK) return date(at, now);
      const [step, unit] = STEPS.find(([size]) => Math.abs(away) >= size) ?? [MINUTE, 'minute' as const];
      const count = Math.trunc(away / step);
      return count === 0 ? relatives.format(0, 'second') : relatives.format(count, unit);
    },
    duration: (milliseconds) => {
      const [size, unit] = STEPS.find(([step]) => milliseconds >= 2 * step) ?? [MINUTE, 'minute' as const];
      const count = Math.max(1, Math.ceil(milliseconds / size));
      return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
    },
    length: lengthOf,
  };
}

/** The formats of the language that the app is shown in. */
export function useFormats(): Formats {
  const { i18n } = useTranslation();
  const language = i18n.language;
  return useMemo(() => formatsFor(language), [language]);
}
