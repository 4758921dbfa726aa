import { startByline } from './byline.ts';
import { systemClock } from './platform/clock.ts';
import { ConfigError, parseConfig } from './platform/config/config.ts';
import { makeLogger } from './platform/logger.ts';

/** The process: reads the environment, starts, says where, and stops when told to. */
const main = async (): Promise<void> => {
  const config = parseConfig(process.env);
  const logger = makeLogger(config.logLevel);
  const byline = await startByline(config, { clock: systemClock, logger, checkAnswers: false });
  console.log(`Byline is at ${config.publicUrl}`);
  const setupLink = await byline.setupLink();
  if (setupLink !== undefined) console.log(`Who opens this link first becomes its administrator: ${setupLink}`);
  console.log(`Its data is in ${config.dataFolder}. Stop it with Ctrl+C.`);
  let stopped: Promise<void> | undefined;
  // A terminal, npm and the launcher each pass the same signal on, so it arrives more than once.
  const stop = (): void => {
    stopped ??= byline.stop().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
};

try {
  await main();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(`Byline can't start with these settings:\n${error.message}`);
  process.exitCode = 2;
}
