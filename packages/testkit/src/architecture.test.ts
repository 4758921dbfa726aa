import { expect, test } from 'vitest';
import { breaksOfArchitecture } from './architecture.ts';

const FEATURES = 'apps/server/src/features';
const ROOMS = `${FEATURES}/rooms`;

type Tree = Readonly<Record<string, string>>;
const breaksOf = (tree: Tree): string[] => breaksOfArchitecture(new Map(Object.entries(tree)));

const imports = (from: string, ...names: readonly string[]): Tree => ({
  [from]: names.map((name) => `import '${name}';`).join('\n'),
});

const KEPT: Readonly<Record<string, Tree>> = {
  'a feature as it should be': {
    ...imports(`${ROOMS}/routes.ts`, '@byline/protocol', './service.ts', '../../platform/http/edge.ts'),
    ...imports(`${ROOMS}/service.ts`, './store.ts', '../users/service.ts', '@byline/core', 'node:crypto'),
    ...imports(`${ROOMS}/store.ts`, 'kysely', '../../platform/log/log.ts', './tables.ts'),
    ...imports('apps/server/src/byline.ts', './features/rooms/routes.ts', './features/rooms/store.ts'),
  },
  'a store that grew': {
    ...imports(`${ROOMS}/store/events.ts`, 'kysely'),
    ...imports(`${ROOMS}/event-store.ts`, 'kysely'),
  },
  'SQL in the engine, the log and a migration': {
    ...imports('apps/server/src/platform/engine/engine.ts', 'kysely/migration'),
    ...imports('apps/server/src/platform/log/log.ts', 'kysely'),
    ...imports('apps/server/migrations/0001-log.ts', 'kysely'),
  },
  'a walled feature that knows users': {
    ...imports(`${FEATURES}/identity/service.ts`, '../users/service.ts'),
    ...imports(`${FEATURES}/users/service.ts`, '../../platform/log/log.ts'),
    ...imports(`${ROOMS}/service.ts`, '../identity/service.ts'),
  },
  'a test, which may use anything': imports(
    'packages/core/src/hash.test.ts',
    'vitest',
    'node:fs',
    '@byline/testkit/speech.ts',
  ),
  'words in comments and texts': {
    'packages/core/src/hash.ts': `// import 'react'; test.skip; process.env\nexport const text = "import 'kysely'; process.env";`,
  },
  'the environment in main.ts': {
    'apps/server/src/main.ts': 'start(process.env);',
    'apps/server/src/cli/main.ts': 'run(process.env);',
  },
  'a property of its own that is named env or skip': {
    'packages/core/src/run.ts': 'export const run = (settings) => settings.env; rows.skip(1);',
  },
  'a type test that expects an error': { 'packages/core/src/x.test.ts': '// @ts-expect-error not a room id\nuse(1);' },
  'exactly 400 lines': { 'packages/core/src/long.ts': 'go();\n'.repeat(400) },
};

test.each(Object.entries(KEPT))('keeps the rules: %s', (_, tree) => {
  expect(breaksOf(tree)).toEqual([]);
});

/** Where the break is and what it is; the rule that must say so. */
const BROKEN: readonly (readonly [place: string, rule: string, tree: Tree])[] = [
  ['packages/protocol/src/ids.ts:1 → hpke', 'protocol imports only', imports('packages/protocol/src/ids.ts', 'hpke')],
  [
    'packages/protocol/src/a.ts:1 → packages/core/src/index.ts',
    'protocol',
    imports('packages/protocol/src/a.ts', '@byline/core'),
  ],
  ['packages/core/src/a.ts:1 → node:fs', 'core imports only', imports('packages/core/src/a.ts', 'node:fs')],
  [
    'packages/core/src/a.ts:1 → packages/client/src/rooms.ts',
    'core imports only',
    imports('packages/core/src/a.ts', '@byline/client/rooms.ts'),
  ],
  ['packages/client/src/a.ts:2 → react', 'no React', imports('packages/client/src/a.ts', 'zod', 'react/jsx-runtime')],
  ['packages/client/src/a.ts:1 → react-i18next', 'no React', imports('packages/client/src/a.ts', 'react-i18next')],
  [
    'packages/client/src/a.ts:1 → apps/server/src/byline.ts',
    'client imports of this project only',
    imports('packages/client/src/a.ts', '@byline/server/byline.ts'),
  ],
  [
    'apps/web/src/app/a.ts:1 → packages/testkit/src/speech.ts',
    'the web app imports',
    imports('apps/web/src/app/a.ts', '@byline/testkit/speech.ts'),
  ],
  [
    'apps/web/src/ui/a.tsx:1 → apps/web/src/features/chats/a.tsx',
    'ui imports',
    imports('apps/web/src/ui/a.tsx', '../features/chats/a.tsx'),
  ],
  [
    'apps/web/src/features/chats/a.tsx:1 → apps/web/src/app/i18n.ts',
    'features of the web app',
    imports('apps/web/src/features/chats/a.tsx', '../../app/i18n.ts'),
  ],
  [
    'apps/server/src/byline.ts:1 → apps/web/src/app/main.tsx',
    'the server imports of this project only',
    imports('apps/server/src/byline.ts', '@byline/web/app/main.tsx'),
  ],
  [
    `apps/server/src/platform/http/edge.ts:1 → ${FEATURES}/users/service.ts`,
    'platform imports nothing above itself',
    imports('apps/server/src/platform/http/edge.ts', '../../features/users/service.ts'),
  ],
  [
    `${ROOMS}/service.ts:1 → apps/server/src/byline.ts`,
    'a feature imports nothing above',
    imports(`${ROOMS}/service.ts`, '../../byline.ts'),
  ],
  [
    `${ROOMS}/service.ts:1 → ${FEATURES}/users/names.ts`,
    'only through service.ts',
    imports(`${ROOMS}/service.ts`, '../users/names.ts'),
  ],
  [
    `${ROOMS}/store.ts:1 → ${FEATURES}/users/store.ts`,
    'only through service.ts',
    imports(`${ROOMS}/store.ts`, '../users/store.ts'),
  ],
  [
    `${ROOMS}/routes.ts:1 → ${ROOMS}/store.ts`,
    'routes never import a store',
    imports(`${ROOMS}/routes.ts`, './store.ts'),
  ],
  [
    `${ROOMS}/routes.ts:1 → ${ROOMS}/event-store.ts`,
    'routes never import a store',
    imports(`${ROOMS}/routes.ts`, './event-store.ts'),
  ],
  [`${ROOMS}/store.ts:1 → ${ROOMS}/routes.ts`, 'a store imports neither', imports(`${ROOMS}/store.ts`, './routes.ts')],
  [
    `${ROOMS}/store.ts:1 → ${ROOMS}/service.ts`,
    'a store imports neither',
    imports(`${ROOMS}/store.ts`, './service.ts'),
  ],
  [
    `${ROOMS}/service.ts:1 → ${ROOMS}/routes.ts`,
    'imports routes but routes',
    imports(`${ROOMS}/service.ts`, './routes.ts'),
  ],
  [`${ROOMS}/service.ts:1 → kysely`, 'SQL', imports(`${ROOMS}/service.ts`, 'kysely')],
  [`${ROOMS}/tables.ts:1 → kysely`, 'SQL', { [`${ROOMS}/tables.ts`]: `import type { Generated } from 'kysely';` }],
];

test.each(BROKEN)('refuses the arrow %s because %s', (place, rule, tree) => {
  expect(breaksOf(tree)).toEqual([expect.stringContaining(`${place}: `)]);
  expect(breaksOf(tree)).toEqual([expect.stringContaining(rule)]);
});

const ARROW_FORMS: readonly string[] = [
  `import { a } from './store.ts';`,
  `import type { A } from './store.ts';`,
  `import { type A } from './store.ts';`,
  `import * as all from './store.ts';`,
  `export { a } from './store.ts';`,
  `export * from './store.ts';`,
  `export type { A } from './store.ts';`,
  `const all = await import('./store.ts');`,
  'const all = await import(`./store.ts`);',
  `type A = import('./store.ts').A;`,
  `const worker = new Worker(new URL('./store.ts', import.meta.url));`,
  `import { a } from '../rooms/store.ts?raw';`,
  `import { a } from '@byline/server/features/rooms/store.ts';`,
  `import {\n  a,\n} from './store.ts';`,
];

test.each(ARROW_FORMS)('sees the arrow of: %s', (text) => {
  expect(breaksOf({ [`${ROOMS}/routes.ts`]: text })).toEqual([
    expect.stringContaining(`${ROOMS}/store.ts: routes never`),
  ]);
});

test('finds each circle between features once, with the arrows that make it', () => {
  const tree = {
    ...imports(`${FEATURES}/a/service.ts`, '../b/service.ts'),
    ...imports(`${FEATURES}/b/service.ts`, './inner.ts'),
    ...imports(`${FEATURES}/b/inner.ts`, '../c/service.ts'),
    ...imports(`${FEATURES}/c/routes.ts`, '../a/service.ts'),
    ...imports(`${FEATURES}/d/service.ts`, '../a/service.ts'),
  };
  const arrows = [
    `${FEATURES}/a/service.ts:1 → ${FEATURES}/b/service.ts`,
    `${FEATURES}/b/inner.ts:1 → ${FEATURES}/c/service.ts`,
    `${FEATURES}/c/routes.ts:1 → ${FEATURES}/a/service.ts`,
  ];
  expect(breaksOf(tree)).toEqual([`${arrows.join(', ')}: features import each other in no circle`]);
});

const WALLED = ['identity', 'publishing', 'conduct'];
const PRIVATE = ['rooms', 'sync', 'receipts', 'keys', 'push', 'search', 'account-data'];
const crossings = WALLED.flatMap((walled) => PRIVATE.map((secret) => [walled, secret] as const));

test.each(crossings)('the wall: %s reaches %s over another feature', (walled, secret) => {
  const tree = {
    ...imports(`${FEATURES}/${walled}/service.ts`, '../users/service.ts'),
    ...imports(`${FEATURES}/users/service.ts`, './presence.ts'),
    [`${FEATURES}/users/presence.ts`]: `\nimport type { A } from '../${secret}/service.ts';`,
  };
  const chain = ['users/service.ts', 'users/presence.ts', `${secret}/service.ts`].map((file) => `${FEATURES}/${file}`);
  expect(breaksOf(tree)).toEqual([
    `${FEATURES}/${walled}/service.ts:1 ${chain.join(' → ')}: identity, publishing and conduct never reach what reads private rooms`,
  ]);
});

const IN_FILES: readonly (readonly [path: string, what: string, text: string])[] = [
  ['apps/server/src/byline.ts', ':1 process.env: the environment', 'start(process.env);'],
  ['apps/server/src/byline.ts', ':1 process.env: the environment', `start(globalThis.process['env']);`],
  ['apps/server/src/byline.ts', ':1 process.env: the environment', 'const { env } = process;'],
  ['packages/core/src/a.test.ts', ':1 process.env: the environment', `import { env } from 'node:process';`],
  ['apps/server/src/platform/a.ts', ':2 import(): only the engine', '\nawait import(name);'],
  ['packages/core/src/a.test.ts', ':1 skip: no test is held back', `test.skip('a', run);`],
  ['packages/core/src/a.test.ts', ':1 only: no test is held back', `describe.concurrent.only('a', run);`],
  ['apps/web/test/a.test.ts', ':1 todo: no test is held back', `it.todo('a');`],
  ['apps/server/test/a.test.ts', ':1 skipIf: no test is held back', `test.skipIf(isCi)('a', run);`],
  ['apps/server/test/a.test.ts', ':1 skip: no test is held back', `test.each(rows).skip('a', run);`],
  ['apps/server/test/a.test.ts', ':1 skip: no test is held back', `test('a', { skip: true }, run);`],
  ['apps/server/test/a.test.ts', ':1 skip: no test is held back', `test('a', ({ skip }) => skip());`],
  ['apps/server/test/a.test.ts', ':1 skip: no test is held back', `test('a', (context) => context.skip());`],
  ['packages/core/src/a.ts', ':1 oxlint-disable: no check is silenced', '/* oxlint-disable no-console */'],
  ['apps/web/src/app/a.tsx', ':2 eslint-disable: no check is silenced', 'go();\n// eslint-disable-next-line'],
  ['packages/core/src/a.ts', ':1 @ts-expect-error: no check is silenced', '// @ts-expect-error'],
  ['packages/core/src/a.test.ts', ':1 @ts-ignore: no check is silenced', '// @ts-ignore'],
  ['scripts/a.mjs', ':1 oxfmt-ignore: no check is silenced', '// oxfmt-ignore'],
  ['packages/core/src/a.ts', ':401 401 lines: no file has more than 400 lines', 'go();\n'.repeat(401)],
  ['apps/web/src/ui/a.css', ':401 401 lines: no file has more than 400 lines', 'a {}\n'.repeat(401)],
];

test.each(IN_FILES)('refuses in %s%s', (path, what, text) => {
  expect(breaksOf({ [path]: text })).toEqual([expect.stringContaining(`${path}${what}`)]);
});
