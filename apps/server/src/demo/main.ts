import { startByline } from '../byline.ts';
import { systemClock } from '../platform/clock.ts';
import { ConfigError, parseConfig } from '../platform/config/config.ts';
import { makeLogger } from '../platform/logger.ts';
import { emptyDataFolder, NotADemo } from './data-folder.ts';
import { fillDemo, NotEmpty } from './fill.ts';
import { PortInUse, requireFreePort } from './free-port.ts';
import { showProgress } from './progress.ts';
import { welcome } from './welcome.ts';

/** Before there is anything worth keeping, there is nothing to stop gently. */
const leave = (): never => process.exit(0);

/** The process: empties the demo's folder, fills it with Linden, and serves it as `main.ts` of the server does. */
const main = async (): Promise<void> => {
  const config = parseConfig({ BYLINE_DATA: './data-demo', ...process.env });
  const logger = makeLogger(config.logLevel);
  process.on('SIGTERM', leave);
  process.on('SIGINT', leave);
  await requireFreePort(config);
  await emptyDataFolder(config.dataFolder);
  await showProgress('Six weeks go by in Linden', (onProgress) => fillDemo({ config, logger, onProgress }));

  const byline = await startByline(config, { clock: systemClock, logger, checkAnswers: false });
  process.off('SIGTERM', leave);
  process.off('SIGINT', leave);
  let stopped: Promise<void> | undefined;
  // A terminal, npm and the launcher each pass the same signal on, so it arrives more than once.
  const stop = (): void => {
    stopped ??= byline.stop().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  console.log(welcome(config).join('\n'));
};

const WHY_NOT: readonly (readonly [new (...parts: never[]) => Error, (error: Error) => string])[] = [
  [ConfigError, ({ message }) => `The demo can't start with these settings:\n${message}`],
  [
    PortInUse,
    ({ message }) => `Something else listens at port ${message}. Please stop it, or name another port by BYLINE_PORT.`,
  ],
  [
    NotADemo,
    ({ message }) =>
      `The demo deletes what is in its data folder, and ${message} holds something else.\nPlease name another folder by BYLINE_DATA, or none.`,
  ],
  [
    NotEmpty,
    () =>
      'The demo fills an empty database only, and BYLINE_DATABASE_URL names one that is in use.\nPlease name another, or none.',
  ],
];

try {
  await main();
} catch (error) {
  const [, why] = WHY_NOT.find(([kind]) => error instanceof kind) ?? [];
  if (why === undefined || !(error instanceof Error)) throw error;
  console.error(why(error));
  process.exitCode = 2;
}
