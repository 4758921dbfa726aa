export type FileRefusal = 'tooLarge' | 'wrongKind';

const matches = (file: { name: string; type: string }, rule: string): boolean => {
  if (rule.startsWith('.')) return file.name.toLowerCase().endsWith(rule.toLowerCase());
  if (rule.endsWith('/*')) return file.type.startsWith(rule.slice(0, -1));
  return file.type === rule;
};

/** Why a file can't be taken, or nothing. A dropped file passes by the browser's own `accept`, so the rule is asked here. */
export function refusalOf(
  file: { readonly name: string; readonly type: string; readonly size: number },
  { accept, maxBytes }: { readonly accept?: string | undefined; readonly maxBytes?: number | undefined },
): FileRefusal | undefined {
  const rules = accept?.split(',').map((rule) => rule.trim()) ?? [];
  if (rules.length > 0 && !rules.some((rule) => matches(file, rule))) return 'wrongKind';
  if (maxBytes !== undefined && file.size > maxBytes) return 'tooLarge';
  return undefined;
}
