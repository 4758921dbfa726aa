import { DomainError, type Json, type JsonObject, RoomAlias } from '@byline/protocol';
import { entryOf } from '@byline/core/json.ts';

/** The aliases that an `m.room.canonical_alias` names. Throws `M_BAD_JSON` where it names something else than text. */
const aliasesNamed = (content: JsonObject): readonly string[] => {
  const { alias = null, alt_aliases: alternatives = [] } = content;
  if (!Array.isArray(alternatives)) throw new DomainError('M_BAD_JSON', '"alt_aliases" must be a list of aliases.');
  const named = alias === null || alias === '' ? alternatives : [alias, ...alternatives];
  return named.map((one: Json) => {
    if (typeof one === 'string') return one;
    throw new DomainError('M_BAD_JSON', 'An alias must be text.');
  });
};

/** Those that a change adds. Throws `M_BAD_JSON`, and `M_INVALID_PARAM` for what cannot be an alias. */
export const aliasesAdded = (before: JsonObject | undefined, after: JsonObject): readonly RoomAlias[] => {
  const known = new Set<Json | undefined>([entryOf(before, 'alias'), ...listOf(entryOf(before, 'alt_aliases'))]);
  return aliasesNamed(after)
    .filter((alias) => !known.has(alias))
    .map((alias) => {
      const parsed = RoomAlias.safeParse(alias);
      if (!parsed.success) throw new DomainError('M_INVALID_PARAM', `“${alias}” is not a room alias.`);
      return parsed.data;
    });
};

/** The content without an alias; `undefined` if it does not name it. */
export const withoutAlias = (content: JsonObject, alias: RoomAlias): JsonObject | undefined => {
  const alternatives = listOf(content['alt_aliases']);
  const { alias: canonical, alt_aliases: _replaced, ...others } = content;
  const kept = alternatives.filter((one) => one !== alias);
  if (canonical !== alias && kept.length === alternatives.length) return undefined;
  return {
    ...others,
    ...(canonical === undefined || canonical === alias ? {} : { alias: canonical }),
    ...(kept.length === 0 ? {} : { alt_aliases: kept }),
  };
};

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);
