const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** A day as a date field writes it: `2027-03-09`, in the person's own zone. */
export function dateOf(at: number): string {
  const day = new Date(at);
  return `${day.getFullYear()}-${twoDigits(day.getMonth() + 1)}-${twoDigits(day.getDate())}`;
}

const dayIn = (date: string): Date | undefined => {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  return new Date(Number(year), Number(month) - 1, Number(day));
};

/** When a day begins that a date field holds, in milliseconds since 1970; `undefined` for what is no day. */
export const startOf = (date: string): number | undefined => dayIn(date)?.getTime();

/** When it ends. */
export const endOf = (date: string): number | undefined => dayIn(date)?.setHours(23, 59, 59, 0);

/** The same day a year later. */
export function inAYear(at: number): number {
  const day = new Date(at);
  day.setFullYear(day.getFullYear() + 1);
  return day.getTime();
}
