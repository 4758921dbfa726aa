import { pino } from 'pino';
import { startByline } from './byline.ts';
import { systemClock } from './platform/clock.ts';
import { ConfigError, parseConfig } from './platform/config/config.ts';

/** The process: reads the environment, starts, says where, and stops when told to. */
const main = async (): Promise<void> => {
  const config = parseConfig(process.env);
  const logger = pino({ level: config.logLevel });
  const byline = await startByline(config, { clock: systemClock, logger, checkAnswers: false });
  console.log(`Byline is at ${config.publicUrl}`);
  console.log(`Its data is in ${config.dataFolder}. Stop it with Ctrl+C.`);
  const stop = (): void => {
    void byline.stop().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
};

try {
  await main();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(`Byline can't start with these settings:\n${error.message}`);
  process.exitCode = 2;
}
