import { importGraph, shortestChain } from './import-graph.ts';
import type { Arrow, ImportGraph } from './import-graph.ts';
import type { Fact } from './source-facts.ts';

/** A rule on single arrows: files of one kind may not import some others. */
interface ArrowRule {
  readonly says: string;
  readonly from: RegExp;
  /** Whether an arrow from such a file breaks the rule. */
  readonly isBroken: (arrow: Arrow) => boolean;
}

/** A rule on single files. */
interface FileRule {
  readonly says: string;
  readonly files: RegExp;
  readonly breaks: (path: string, graph: ImportGraph) => readonly Fact[];
}

const TEST = /\.(?:test|fixture)\.tsx?$|^apps\/[^/]+\/test\//;
const FEATURE_FILE = /^apps\/server\/src\/features\/([^/]+)\/(.+)$/;
const WALLED = new Set(['identity', 'publishing', 'conduct']);
const PRIVATE = new Set(['rooms', 'sync', 'sliding-sync', 'receipts', 'keys', 'push', 'search', 'account-data']);
/** How a test shows that the types refuse something. */
const EXPECTED_ERROR = '@ts-expect-error';
const LONGEST_FILE = 400;

/** `store.ts`, and what it became when it grew: `event-store.ts`, `store/events.ts`. */
const ROUTES = /^apps\/server\/src\/.*[/-]routes(?:\.ts$|\/)/;
const SERVICE = /^apps\/server\/src\/.*[/-]service(?:\.ts$|\/)/;
const STORE = /^apps\/server\/src\/.*[/-]store(?:\.ts$|\/)/;
const ENVIRONMENT_READERS = /^apps\/server\/src\/(?:(?:cli|demo)\/)?main\.ts$/;
const SQL_PLACES = /^apps\/server\/src\/platform\/(?:engine|log)\//;

const isOwn = (path: string): boolean => /^(?:apps|packages)\//.test(path);
const featureOf = (path: string): string | undefined => FEATURE_FILE.exec(path)?.[1];
const outside =
  (allowed: RegExp) =>
  ({ to }: Arrow): boolean =>
    !allowed.test(to);
const into =
  (refused: RegExp) =>
  ({ to }: Arrow): boolean =>
    isOwn(to) && refused.test(to);

const ARROW_RULES: readonly ArrowRule[] = [
  {
    says: 'protocol imports only zod and itself',
    from: /^packages\/protocol\/src\//,
    isBroken: outside(/^(?:zod$|packages\/protocol\/)/),
  },
  {
    says: 'core imports only core, protocol and what computes or parses (node:crypto, hpke, curves, shared secrets, zod)',
    from: /^packages\/core\/src\//,
    isBroken: outside(
      /^(?:node:crypto$|hpke$|@noble\/curves(?:\/|$)|shamir-secret-sharing$|zod$|packages\/(?:core|protocol)\/)/,
    ),
  },
  {
    says: 'client imports of this project only client, core and protocol',
    from: /^packages\/client\/src\//,
    isBroken: into(/^(?!packages\/(?:client|core|protocol)\/)/),
  },
  {
    says: 'client knows no React',
    from: /^packages\/client\/src\//,
    isBroken: ({ to }) => /^react(?:-|$)/.test(to),
  },
  {
    says: 'the web app imports of this project only itself, client, core and protocol',
    from: /^apps\/web\/src\//,
    isBroken: into(/^(?!apps\/web\/|packages\/(?:client|core|protocol)\/)/),
  },
  {
    says: 'ui imports neither features nor app',
    from: /^apps\/web\/src\/ui\//,
    isBroken: into(/^apps\/web\/src\/(?:features|app)\//),
  },
  {
    says: 'the features of the web app do not import app',
    from: /^apps\/web\/src\/features\//,
    isBroken: into(/^apps\/web\/src\/app\//),
  },
  {
    says: 'the server imports of this project only itself, core and protocol, and serves what the web app is built to',
    from: /^apps\/server\/(?:src|migrations)\//,
    isBroken: into(/^(?!apps\/server\/|apps\/web\/dist\/|packages\/(?:core|protocol)\/)/),
  },
  {
    says: 'platform imports nothing above itself',
    from: /^apps\/server\/src\/platform\//,
    isBroken: into(/^apps\/server\/src\/(?!platform\/)/),
  },
  {
    says: 'a feature imports nothing above the features',
    from: FEATURE_FILE,
    isBroken: into(/^apps\/server\/src\/(?!platform\/|features\/)/),
  },
  {
    says: 'features meet only through service.ts',
    from: FEATURE_FILE,
    isBroken: ({ from, to }) =>
      featureOf(to) !== undefined && featureOf(to) !== featureOf(from) && !to.endsWith(`/${featureOf(to)}/service.ts`),
  },
  {
    says: 'routes never import a store',
    from: ROUTES,
    isBroken: into(STORE),
  },
  {
    says: 'a store imports neither routes nor a service',
    from: STORE,
    isBroken: ({ to }) => ROUTES.test(to) || SERVICE.test(to),
  },
  {
    says: 'nothing in a feature imports routes but routes',
    from: FEATURE_FILE,
    isBroken: ({ from, to }) => ROUTES.test(to) && !ROUTES.test(from) && !STORE.test(from),
  },
  {
    says: 'SQL (kysely) is written only in stores, in the engine, in the log and in migrations',
    from: /^apps\/server\/src\//,
    isBroken: ({ from, to }) => to === 'kysely' && !STORE.test(from) && !SQL_PLACES.test(from),
  },
];

const FILE_RULES: readonly FileRule[] = [
  {
    says: 'the environment is read only by main.ts',
    files: /^(?:apps|packages)\/(?!testkit\/)[^/]+\/src\//,
    breaks: (path, { facts }) => (ENVIRONMENT_READERS.test(path) ? [] : (facts.get(path)?.environmentReads ?? [])),
  },
  {
    says: 'only the engine imports a name made at run time, which no rule can follow',
    files: /^apps\/server\/src\/(?!platform\/engine\/)/,
    breaks: (path, { facts }) => facts.get(path)?.computedImports ?? [],
  },
  {
    says: 'no test is held back',
    files: TEST,
    breaks: (path, { facts }) => facts.get(path)?.heldBackTests ?? [],
  },
  {
    says: 'no check is silenced',
    files: /^/,
    breaks: (path, { facts }) =>
      (facts.get(path)?.silencedChecks ?? []).filter(({ what }) => !TEST.test(path) || what !== EXPECTED_ERROR),
  },
  {
    says: `no file has more than ${LONGEST_FILE} lines`,
    files: /^/,
    breaks: (path, { facts }) => {
      const { lines } = facts.get(path) ?? { lines: 0 };
      return lines > LONGEST_FILE ? [{ line: lines, what: `${lines} lines` }] : [];
    },
  },
  {
    says: 'identity, publishing and conduct never reach what reads private rooms',
    files: FEATURE_FILE,
    breaks: breaksInTheWall,
  },
];

function breaksInTheWall(path: string, graph: ImportGraph): Fact[] {
  if (TEST.test(path) || !WALLED.has(featureOf(path) ?? '')) return [];
  const next = (file: string): string[] => graph.arrowsFrom(file).map((arrow) => arrow.to);
  const chain = shortestChain(path, next, (file) => PRIVATE.has(featureOf(file) ?? ''));
  if (chain === undefined) return [];
  const line = graph.arrowsFrom(path).find((arrow) => arrow.to === chain[1])?.line ?? 1;
  return [{ line, what: chain.slice(1).join(' → ') }];
}

/** Every circle between features, once, with the arrow that makes each step. */
function circles(arrows: readonly Arrow[]): string[] {
  const crossings = arrows.filter(({ from, to }) => featureOf(to) !== undefined && featureOf(from) !== featureOf(to));
  const byFeature = Map.groupBy(crossings, ({ from }) => featureOf(from) ?? '');
  const next = (feature: string): string[] => (byFeature.get(feature) ?? []).flatMap(({ to }) => featureOf(to) ?? []);
  const found = new Map<string, string>();
  for (const feature of byFeature.keys()) {
    const circle = shortestChain(feature, next, (other) => other === feature);
    if (circle === undefined) continue;
    const steps = circle.slice(1).flatMap((to, index) => {
      const step = byFeature.get(circle[index] ?? '')?.find((arrow) => featureOf(arrow.to) === to);
      return step === undefined ? [] : [`${step.from}:${step.line} → ${step.to}`];
    });
    const members = circle.slice(1).toSorted().join();
    if (!found.has(members)) found.set(members, `${steps.join(', ')}: features import each other in no circle`);
  }
  return [...found.values()];
}

/**
 * Holds a tree of sources against the rules of the house.
 * @param sources the text of each file by its path from the root
 * @returns one sentence for each break: the file and line, the arrow or the thing, and the rule
 */
export function breaksOfArchitecture(sources: ReadonlyMap<string, string>): string[] {
  const graph = importGraph(sources);
  const arrows = graph.arrows.filter(({ from }) => !TEST.test(from));
  const arrowBreaks = ARROW_RULES.flatMap(({ says, from, isBroken }) =>
    arrows
      .filter((arrow) => from.test(arrow.from) && isBroken(arrow))
      .map((arrow) => `${arrow.from}:${arrow.line} → ${arrow.to}: ${says}`),
  );
  const fileBreaks = FILE_RULES.flatMap(({ says, files, breaks }) =>
    [...sources.keys()]
      .filter((path) => files.test(path))
      .flatMap((path) => breaks(path, graph).map(({ line, what }) => `${path}:${line} ${what}: ${says}`)),
  );
  return [...arrowBreaks, ...fileBreaks, ...circles(arrows)];
}
