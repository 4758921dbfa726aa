/** Long enough for any browser to have begun, in milliseconds. */
const UNTIL_TAKEN = 60_000;

/** Gives a file to the browser, to be kept under its name. It is never opened in this page, whatever it holds. */
export function saveFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), UNTIL_TAKEN);
}
