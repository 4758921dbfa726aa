import { startPostgres } from '@byline/testkit/postgres.ts';
import { missingParts, PARTS } from '@byline/testkit/machine.ts';
import { fanout } from './parts/fanout.ts';
import { firstSync } from './parts/first-sync.ts';
import { talk } from './parts/talk.ts';

type Databases = Readonly<Record<string, string | undefined>>;

const MEASUREMENTS: Readonly<Record<string, (fresh: () => Promise<Databases>) => Promise<string>>> = {
  talk: async (fresh) => talk(await fresh()),
  fanout: () => fanout(),
  'first-sync': async (fresh) => firstSync(await fresh()),
};

/** Prints what is measured, or just the parts that are named. */
const main = async (wanted: readonly string[]): Promise<void> => {
  const unknown = wanted.filter((name) => !(name in MEASUREMENTS));
  if (unknown.length > 0) {
    console.error(
      `There is no "${unknown.join('", "')}". What can be measured: ${Object.keys(MEASUREMENTS).join(', ')}`,
    );
    process.exitCode = 2;
    return;
  }
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
};

await main(process.argv.slice(2));
