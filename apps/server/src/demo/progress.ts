import { stdout } from 'node:process';

/** Does some work and shows on one line how far it is; where the output is no terminal, only that it began. */
export const showProgress = async (
  what: string,
  work: (onProgress: (share: number) => void) => Promise<void>,
): Promise<void> => {
  if (!stdout.isTTY) {
    console.log(`${what} …`);
    return work(() => undefined);
  }
  await work((share) => stdout.write(`\r${what} … ${Math.round(share * 100)}%`));
  stdout.write('\r');
  stdout.clearLine(0);
};
