import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Config } from '../platform/config/config.ts';

/** Somebody listens where the demo is to listen. */
export class PortInUse extends Error {
  override readonly name = 'PortInUse';
}

/** Asks before the work of filling begins. Throws `PortInUse`. */
export const requireFreePort = async ({ host, port }: Pick<Config, 'host' | 'port'>): Promise<void> => {
  const probe = createServer();
  try {
    probe.listen(port, host);
    await once(probe, 'listening');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') throw new PortInUse(String(port));
    throw error;
  }
  probe.close();
  await once(probe, 'close');
};
