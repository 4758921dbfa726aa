/**
 * Makes the tables of look-alike characters anew from the official files of Unicode:
 * `node scripts/confusables.mjs confusables.txt Unihan_Variants.txt`.
 * The first is in the security data of UTS #39, the second in the Unihan database. The tables are kept in the repository,
 * because whoever runs Byline has neither.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './install.mjs';

const FOLDER = join(ROOT, 'packages/core/src/identity/confusables');

/** What a name is read as, in the end, must be of these scripts; what imitates it may be of any. */
const READ_AS =
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Han}\p{Script=Common}\p{Script=Inherited}]+$/u;

/** @param {string} hexadecimal code points, with spaces between them */
const textOf = (hexadecimal) =>
  String.fromCodePoint(
    ...hexadecimal
      .trim()
      .split(/\s+/)
      .map((each) => Number.parseInt(each.replace('U+', ''), 16)),
  );

/** @param {string} file @param {RegExp} pattern */
const headOf = (file, pattern) => pattern.exec(file)?.[1]?.trim() ?? 'unknown';

/** @param {string} name @param {string} source @param {string} file @param {Map<string, string>} sources of each target */
const write = (name, source, file, sources) => {
  const path = join(FOLDER, name);
  const notice = {
    source,
    version: headOf(file, /version: (\S+)/i),
    copyright: headOf(file, /^# (©.*)$/m),
    licence: 'See UNICODE-LICENCE.txt. Made from the official file by scripts/confusables.mjs, which leaves much out.',
  };
  const characters = Object.fromEntries([...sources].toSorted(([one], [other]) => (one < other ? -1 : 1)));
  writeFileSync(path, `${JSON.stringify({ ...notice, characters }, null, 2)}\n`);
  execFileSync(join(ROOT, 'node_modules/.bin/oxfmt'), ['--write', path]);
};

/** @param {Map<string, string>} map @param {string} key @param {string} more */
const add = (map, key, more) => map.set(key, `${map.get(key) ?? ''}${more}`);

const [confusablesPath, variantsPath] = process.argv.slice(2);
if (confusablesPath === undefined || variantsPath === undefined)
  throw new Error('Please name confusables.txt and Unihan_Variants.txt.');

const confusables = readFileSync(confusablesPath, 'utf8').replace(/^\uFEFF/, '');
/** @type {Map<string, string>} */
const lookAlikes = new Map();
for (const [, from = '', to = ''] of confusables.matchAll(/^([0-9A-F]+) ;\t([0-9A-F ]+) ;\tMA/gm)) {
  const [source, target] = [textOf(from), textOf(to)];
  // What canonical decomposition takes apart never reaches the table.
  if (source.normalize('NFD') === source && READ_AS.test(target)) add(lookAlikes, target, source);
}
write('confusables.json', 'confusables.txt of UTS #39', confusables, lookAlikes);

const variants = readFileSync(variantsPath, 'utf8');
/** @type {Map<string, string>} */
const simplified = new Map();
for (const [, from = '', to = ''] of variants.matchAll(/^U\+([0-9A-F]{4})\tkSimplifiedVariant\t(.+)$/gm)) {
  const source = textOf(from);
  const target = to
    .split(' ')
    .filter((each) => /^U\+[0-9A-F]{4}$/.test(each))
    .map(textOf)
    .find((each) => each !== source);
  if (target !== undefined) add(simplified, target, source);
}
write('simplified.json', 'kSimplifiedVariant of Unihan_Variants.txt, UAX #38', variants, simplified);
