const CONTROLS = 'input:not([tabindex="-1"]), select, textarea, button';

/** Brings a field of the form into view and puts the cursor into it. A field stands in an element with its name in `data-field`. */
export function focusField(form: HTMLElement | null, field: string): void {
  const place = form?.querySelector<HTMLElement>(`[data-field="${CSS.escape(field)}"]`);
  const control = place?.querySelector<HTMLElement>(CONTROLS);
  control?.focus();
  place?.scrollIntoView({ block: 'center' });
}
