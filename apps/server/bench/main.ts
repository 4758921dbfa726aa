import { missingParts, PARTS } from '@byline/testkit/machine.ts';
import { startPostgres } from '@byline/testkit/postgres.ts';
import { fanout } from './parts/fanout.ts';
import { firstSync } from './parts/first-sync.ts';
import { group } from './parts/group.ts';
import { slidingSync } from './parts/sliding-sync.ts';
import { talk } from './parts/talk.ts';

type Databases = Readonly<Record<string, string | undefined>>;

const MEASUREMENTS: Readonly<Record<string, (fresh: () => Promise<Databases>) => Promise<string>>> = {
  talk: async (fresh) => talk(await fresh()),
  fanout: () => fanout(),
  group: async (fresh) => group(await fresh()),
  'first-sync': (fresh) => firstSync(fresh),
  'sliding-sync': async (fresh) => slidingSync(await fresh()),
};

/** Each of ten thousand clients takes a file descriptor in this process and one in the server. */
const FILES_NEEDED = 12_000;

/** What keeps the wanted parts from being measured; `undefined`: nothing. */
const hindrance = (wanted: readonly string[]): string | undefined => {
  const unknown = wanted.filter((name) => !(name in MEASUREMENTS));
  if (unknown.length > 0) {
    return `There is no "${unknown.join('", "')}". What can be measured: ${Object.keys(MEASUREMENTS).join(', ')}`;
  }
  const files = filesAllowed();
  if (files >= FILES_NEEDED) return undefined;
  return `This terminal allows ${files} open files and ${FILES_NEEDED} are needed. Run "ulimit -n 20000", then try again.`;
};

const filesAllowed = (): number => {
  const report = process.report.getReport() as { userLimits?: { open_files?: { soft?: number | 'unlimited' } } };
  const soft = report.userLimits?.open_files?.soft;
  return typeof soft === 'number' ? soft : Infinity;
};

/** Prints what is measured, or just the parts that are named. */
const main = async (wanted: readonly string[]): Promise<void> => {
  const hindered = hindrance(wanted);
  if (hindered !== undefined) {
    console.error(hindered);
    process.exitCode = 2;
    return;
  }
  const began = performance.now();
  const hasPostgres = !missingParts().includes(PARTS.postgres);
  const postgres = hasPostgres ? await startPostgres() : undefined;
  const fresh = async (): Promise<Databases> => ({
    SQLite: undefined,
    ...(postgres === undefined ? {} : { PostgreSQL: await postgres.createDatabase() }),
  });
  for (const [name, measure] of Object.entries(MEASUREMENTS)) {
    if (wanted.length === 0 || wanted.includes(name)) console.log(`\n${await measure(fresh)}`);
  }
  await postgres?.stop();
  console.log(`\nMedians of 3 runs; all of it took ${Math.round((performance.now() - began) / 1_000)} s.`);
};

// Ending by a signal is ending all the same: what was made for the measurements is deleted.
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));
await main(process.argv.slice(2));
