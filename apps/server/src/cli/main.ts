import { parseArgs } from 'node:util';
import { SealingError } from '@byline/core/sealing/sealing-error.ts';
import { CommandError, makeKeyFile, type PublicHalf, readKeyFile, registerKey } from './keys.ts';
import { askForNewPassphrase } from './passphrase.ts';

const DEFAULT_FILE = 'reviewers.byline-key.json';

const USAGE = `Usage: npm run byline -- keys new [--file FILE] [--url ADDRESS --token TOKEN]
       npm run byline -- keys register [--file FILE] --url ADDRESS --token TOKEN

"keys new" makes the reviewers' key: what applicants show of themselves is sealed to it, and only its file opens it.
The file is locked by a passphrase, which is asked for, or read from standard input.
"keys register" tells a server the public half of a key that there is.

  --file FILE      the key file (${DEFAULT_FILE}); a file that is there is never written over
  --url ADDRESS    the server, such as https://byline.example.org
  --token TOKEN    the access token of an administrator or a reviewer there; absent: read from BYLINE_TOKEN
`;

interface Site {
  readonly url: string;
  readonly token: string;
}

/** The command line: what staff can do without a browser. */
const main = async (): Promise<void> => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      file: { type: 'string', default: DEFAULT_FILE },
      url: { type: 'string' },
      token: { type: 'string', default: process.env['BYLINE_TOKEN'] },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  const command = COMMANDS.get(positionals.join(' '));
  if (command === undefined) throw new CommandError(USAGE);
  await command(values.file, siteOf(values.url, values.token));
};

const siteOf = (url: string | undefined, token: string | undefined): Site | undefined => {
  if (url === undefined) return undefined;
  if (token === undefined) throw new CommandError(`With --url a token is needed.\n\n${USAGE}`);
  return { url, token };
};

const COMMANDS: ReadonlyMap<string, (file: string, site: Site | undefined) => Promise<void>> = new Map([
  [
    'keys new',
    async (file, site) => {
      const key = await makeKeyFile(file, askForNewPassphrase);
      console.log(
        `The key is in ${file}. Keep a copy in another place: without it, or its passphrase, nothing can be opened.`,
      );
      describe(key);
      if (site !== undefined) return register(key, site);
      return console.log('It is not registered yet: use the file at the desk, or "keys register".');
    },
  ],
  [
    'keys register',
    async (file, site) => {
      if (site === undefined) throw new CommandError(`Which server? It is named by --url.\n\n${USAGE}`);
      const key = await readKeyFile(file);
      describe(key);
      await register(key, site);
    },
  ],
]);

const describe = ({ kid, publicKey, fingerprint }: PublicHalf): void =>
  console.log(`Public key   ${publicKey}\nKey id       ${kid}\nFingerprint  ${fingerprint}`);

const register = async (key: PublicHalf, { url, token }: Site): Promise<void> => {
  await registerKey(url, token, key);
  console.log(`It is registered at ${url}. From now on, what applicants show is sealed to it.`);
};

try {
  await main();
} catch (error) {
  const isForeseen =
    error instanceof CommandError || error instanceof SealingError || (error instanceof TypeError && 'code' in error);
  if (!isForeseen) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
