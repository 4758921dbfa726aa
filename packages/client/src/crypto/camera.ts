/** Whether there is a camera to read codes with. Asks the person nothing. */
export async function hasCamera(): Promise<boolean> {
  // There are no devices on a page without HTTPS, and outside of a browser, whatever the types say.
  const devices: MediaDevices | undefined = typeof navigator === 'undefined' ? undefined : navigator.mediaDevices;
  try {
    const all = (await devices?.enumerateDevices()) ?? [];
    return all.some(({ kind }) => kind === 'videoinput');
  } catch {
    // Where it may not be asked, it may not be used either.
    return false;
  }
}
