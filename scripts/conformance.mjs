/**
 * Renews the list of the specification's client-server operations from a checkout of github.com/matrix-org/matrix-spec:
 * `node scripts/conformance.mjs FOLDER v1.19`. Facts only: the module, the method, the path. What Byline makes of each
 * stands in docs/CONFORMANCE.md, and a test compares the two with a running server.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from './install.mjs';

const LIST = join(ROOT, 'packages/testkit/src/conformance/operations.json');
const API = 'data/api/client-server';
const TEXT = 'content/client-server-api';
/** Two files belong to another specification's text. */
const ELSEWHERE = 'Application services';

/** @param {string} path */
const lines = (path) => readFileSync(path, 'utf8').split('\n');

/**
 * Which section of the text shows which file of the API.
 * @param {string} folder
 */
const modulesOf = (folder) => {
  /** @type {Map<string, string>} */
  const modules = new Map();
  const chapters = readdirSync(join(folder, TEXT, 'modules')).map((name) => join(folder, TEXT, 'modules', name));
  for (const path of [...chapters, join(folder, TEXT, '_index.md')]) {
    let heading = '';
    const level = basename(path) === '_index.md' ? /^## (.+)/ : /^### (.+)/;
    for (const line of lines(path)) {
      heading = level.exec(line)?.[1] ?? heading;
      const shown = /http-api spec="client-server" api="([^"]+)"/.exec(line)?.[1];
      if (shown !== undefined) modules.set(shown, heading);
    }
  }
  return modules;
};

/**
 * The operations of one file. Its paths stand two spaces in, their methods four.
 * @param {string} path
 */
const operationsOf = (path) => {
  const text = lines(path);
  const base = text.at(text.findIndex((line) => line.trim() === 'basePath:') + 1)?.replace(/^\s*default: /, '');
  /** @type {{ method: string, path: string, isDeprecated: boolean }[]} */
  const found = [];
  let section = '';
  let place = '';
  for (const line of text) {
    section = /^(\w+):/.exec(line)?.[1] ?? section;
    if (section !== 'paths') continue;
    place = /^ {2}"?(\/[^"]*?)\s*"?:$/.exec(line)?.[1] ?? place;
    const method = /^ {4}(get|put|post|delete):$/.exec(line)?.[1];
    if (method !== undefined) found.push({ method: method.toUpperCase(), path: base + place, isDeprecated: false });
    const last = found.at(-1);
    if (line === '      deprecated: true' && last !== undefined) last.isDeprecated = true;
  }
  return found;
};

const [folder, version] = process.argv.slice(2);
if (folder === undefined || version === undefined) throw new Error('Say which folder, and which version that is.');
const modules = modulesOf(folder);
const files = readdirSync(join(folder, API)).filter((name) => name.endsWith('.yaml'));
const operations = files.flatMap((name) => {
  const module = modules.get(basename(name, '.yaml')) ?? ELSEWHERE;
  return operationsOf(join(folder, API, name)).map((operation) => ({ module, ...operation }));
});
operations.sort((one, other) => (one.module < other.module ? -1 : one.module > other.module ? 1 : 0));
writeFileSync(LIST, `${JSON.stringify({ version, operations }, undefined, 2)}\n`);
console.log(`${operations.length} operations in ${new Set(operations.map(({ module }) => module)).size} modules`);
