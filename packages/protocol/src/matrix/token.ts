import { z } from 'zod';

const TokenText = z.string().regex(/^s\d{1,15}(?:_\d{1,15})?$/, { error: 'is not a token of this server' });

const numbersOf = (token: string): readonly [position: number, toDevice: number] => {
  const [position = '', toDevice = position] = token.slice(1).split('_');
  return [Number(position), Number(toDevice)];
};

/**
 * A place in the order of everything that happens, as clients hold it: `next_batch`, `prev_batch`, `start`, `end`, `from`, `to`, `at`.
 * It stands right after the entry of that position; parsed, it is the position.
 */
export const Token = TokenText.transform((token) => numbersOf(token)[0]);

export const tokenOf = (position: number): string => `s${position}`;

/**
 * What a device knows, by the token of its last sync: everything up to `position`, but messages to the device only up to
 * `toDevice`, where there were too many for one answer. Elsewhere it is a token like any other.
 */
export const SyncToken = TokenText.transform((token) => {
  const [position, toDevice] = numbersOf(token);
  return { position, toDevice: Math.min(position, toDevice) };
});
export type SyncToken = z.output<typeof SyncToken>;

export const syncTokenOf = ({ position, toDevice }: SyncToken): string =>
  toDevice < position ? `${tokenOf(position)}_${toDevice}` : tokenOf(position);
