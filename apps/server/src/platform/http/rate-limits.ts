import { DomainError, type RateLimitName } from '@byline/protocol';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

interface Bucket {
  readonly points: number;
  /** The seconds in which that many calls are allowed. */
  readonly duration: number;
}

/** The buckets that operations name, and that of tokens which must be looked up. */
type BucketName = RateLimitName | 'unknown-token';

/** How many calls one caller (a user, or an address where nobody has signed in) may make. */
const BUCKETS: Readonly<Record<BucketName, Bucket>> = {
  read: { points: 600, duration: 60 },
  write: { points: 120, duration: 60 },
  message: { points: 120, duration: 30 },
  'sign-in': { points: 10, duration: 60 },
  /** Signing up takes three calls. */
  'sign-up': { points: 60, duration: 3_600 },
  upload: { points: 60, duration: 60 },
  download: { points: 1_200, duration: 60 },
  sync: { points: 600, duration: 60 },
  apply: { points: 10, duration: 3_600 },
  /** Enough to correct a number several times; hopeless for who tries numbers. */
  'blind-index': { points: 20, duration: 86_400 },
  /** As many cases as one person can read in a day. */
  'blind-index-review': { points: 400, duration: 86_400 },
  report: { points: 30, duration: 3_600 },
  public: { points: 300, duration: 60 },
  /** Of made-up tokens; after a restart, of those that are looked up at the same moment. */
  'unknown-token': { points: 300, duration: 60 },
};

/** Counts calls and refuses those that are too many, with `M_LIMIT_EXCEEDED` and when to come back. */
export class RateLimits {
  readonly #limiters: ReadonlyMap<BucketName, RateLimiterMemory> | undefined;

  constructor(setting: 'on' | 'off') {
    this.#limiters = setting === 'off' ? undefined : makeLimiters();
  }

  /** Throws `M_LIMIT_EXCEEDED`. `undefined`: there are no limits, and nothing to wait for. */
  count(name: BucketName, caller: string): Promise<void> | undefined {
    const limiter = this.#limiters?.get(name);
    return limiter === undefined ? undefined : consume(limiter, caller);
  }

  /** Takes back one call that was counted. */
  async giveBack(name: BucketName, caller: string): Promise<void> {
    await this.#limiters?.get(name)?.reward(caller);
  }
}

const consume = async (limiter: RateLimiterMemory, caller: string): Promise<void> => {
  try {
    await limiter.consume(caller);
  } catch (refusal) {
    throw refusal instanceof RateLimiterRes ? tooMany(refusal.msBeforeNext) : refusal;
  }
};

const makeLimiters = (): ReadonlyMap<BucketName, RateLimiterMemory> =>
  new Map(
    Object.entries(BUCKETS).map(([name, bucket]) => [
      name as BucketName,
      new RateLimiterMemory({ keyPrefix: name, ...bucket }),
    ]),
  );

const tooMany = (milliseconds: number): DomainError =>
  new DomainError('M_LIMIT_EXCEEDED', `That was too often. Please wait ${Math.ceil(milliseconds / 1_000)} seconds.`, {
    retry_after_ms: milliseconds,
  });
