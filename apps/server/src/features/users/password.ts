import { argon2, type Argon2Parameters, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { DomainError } from '@byline/protocol';

const derive = promisify(argon2);

/** What OWASP's password storage advice asks at least of Argon2id: 19 MiB, two passes, one lane. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const NONCE_BYTES = 16;
const TAG_BYTES = 32;
const SHORTEST = 8;
const LONGEST = 512;

/** Throws `M_WEAK_PASSWORD` when a password is too short to keep anybody out. */
export const requireStrongPassword = (password: string): void => {
  if (password.length < SHORTEST)
    throw new DomainError('M_WEAK_PASSWORD', `Please choose a password of at least ${SHORTEST} characters.`);
  if (password.length > LONGEST)
    throw new DomainError('M_INVALID_PARAM', `A password may have at most ${LONGEST} characters.`);
};

/** Hashes a password; the string says by which parameters (PHC string format). */
export const hashPassword = async (password: string): Promise<string> => {
  const nonce = randomBytes(NONCE_BYTES);
  const tag = await tagOf(password, nonce, COST);
  const { memory, passes, parallelism } = COST;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(nonce)}$${base64(tag)}`;
};

/** Whether `password` is the one that was hashed. No hash: never, but it takes as long. */
export const isPassword = async (password: string, hash: string | null): Promise<boolean> => {
  const { nonce, tag, cost } = hash === null ? NOBODY : parseHash(hash);
  const given = await tagOf(password, nonce, cost);
  return timingSafeEqual(given, tag) && hash !== null;
};

type Cost = Pick<Argon2Parameters, 'memory' | 'passes' | 'parallelism'>;

const tagOf = (password: string, nonce: Buffer, cost: Cost): Promise<Buffer> =>
  derive('argon2id', { message: password.normalize('NFKC'), nonce, tagLength: TAG_BYTES, ...cost });

const NOBODY = { nonce: randomBytes(NONCE_BYTES), tag: randomBytes(TAG_BYTES), cost: COST };

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

const parseHash = (hash: string): { nonce: Buffer; tag: Buffer; cost: Cost } => {
  const [, memory, passes, parallelism, nonce = '', tag = ''] = PHC.exec(hash) ?? [];
  if (memory === undefined) throw new Error('A stored password hash can not be read.');
  return {
    nonce: Buffer.from(nonce, 'base64'),
    tag: Buffer.from(tag, 'base64'),
    cost: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
  };
};

/** PHC strings carry no padding. */
const base64 = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');
