/** What a browser may show by itself without harm (specification, client-server API: "Serving inline content"). */
const SHOWN_INLINE: ReadonlySet<string> = new Set([
  'text/css',
  'text/plain',
  'text/csv',
  'application/json',
  'application/ld+json',
  'image/jpeg',
  'image/gif',
  'image/png',
  'image/apng',
  'image/webp',
  'image/avif',
  'video/mp4',
  'video/webm',
  'video/ogg',
  'video/quicktime',
  'audio/mp4',
  'audio/webm',
  'audio/aac',
  'audio/mpeg',
  'audio/ogg',
  'audio/wave',
  'audio/wav',
  'audio/x-wav',
  'audio/x-pn-wav',
  'audio/flac',
  'audio/x-flac',
]);

const PLAIN_NAME = /^[\x20-\x7E]+$/;
const NOT_IN_EXTENDED_VALUE = /[!'()*]/g;

/** The `Content-Disposition` header of a file (RFC 6266): shown in place only if its type is known to be harmless. */
export const contentDisposition = (contentType: string, fileName: string | undefined): string => {
  const [type = ''] = contentType.split(';');
  const disposition = SHOWN_INLINE.has(type.trim().toLowerCase()) ? 'inline' : 'attachment';
  return fileName === undefined || fileName === '' ? disposition : `${disposition}; ${fileNameParameter(fileName)}`;
};

const fileNameParameter = (fileName: string): string => {
  // In a quoted name browsers decode percent signs, so a name that has one goes the other way.
  if (PLAIN_NAME.test(fileName) && !fileName.includes('%')) {
    return `filename="${fileName.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
  }
  return `filename*=UTF-8''${encodeExtendedValue(fileName.toWellFormed())}`;
};

/** RFC 8187. */
const encodeExtendedValue = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    NOT_IN_EXTENDED_VALUE,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
