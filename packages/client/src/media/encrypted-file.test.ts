import { describe, expect, it } from 'vitest';
import {
  DamagedFile,
  decryptFile,
  type EncryptedFile,
  encryptedFileContent,
  encryptedFileIn,
  encryptFile,
} from './encrypted-file.ts';

const seeds = new Blob(['beans, peas'], { type: 'text/plain' });
const sealed = async (): Promise<{ data: Blob; file: EncryptedFile }> => {
  const { data, place } = await encryptFile(seeds);
  return { data, file: { url: 'mxc://a.example/b', ...place } };
};

describe('an encrypted file', () => {
  it('is opened by its key, and says nothing without', async () => {
    const { data, file } = await sealed();
    expect(data.size).toBe(seeds.size);
    expect(await data.text()).not.toContain('beans');
    const opened = await decryptFile(data, file);
    expect([opened.type, await opened.text()]).toEqual(['text/plain', 'beans, peas']);
  });

  it('has a key of its own each time, and a counter whose second half is zero', async () => {
    const [one, other] = [await sealed(), await sealed()];
    expect(one.file.key).not.toBe(other.file.key);
    const counter = atob(one.file.iv);
    expect([counter.length, counter.slice(8)]).toEqual([16, '\0'.repeat(8)]);
  });

  it('that was changed on its way is not opened', async () => {
    const { data, file } = await sealed();
    const bytes = new Uint8Array(await data.arrayBuffer());
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    await expect(decryptFile(new Blob([bytes]), file)).rejects.toThrow(DamagedFile);
    await expect(decryptFile(data, { ...file, key: 'short' })).rejects.toThrow(DamagedFile);
  });

  it('reads what another client wrote, with or without padding', async () => {
    const { data, file } = await sealed();
    const written = encryptedFileContent(file);
    const padded = { ...written, iv: `${file.iv}==`, hashes: { sha256: `${file.sha256}=` } };
    const read = encryptedFileIn(padded);
    expect(read?.url).toBe(file.url);
    expect(read && (await (await decryptFile(data, read)).text())).toBe('beans, peas');
  });

  it.each([
    ['image/png', 'image/png'],
    ['audio/ogg', 'audio/ogg'],
    ['image/svg+xml', 'application/octet-stream'],
    ['text/html', 'application/octet-stream'],
  ])('that is said to be %s is opened as %s', async (said, opened) => {
    const { file } = await sealed();
    expect(encryptedFileIn(encryptedFileContent(file), said)?.type).toBe(opened);
  });

  it.each([undefined, {}, { url: 'https://a.example/b' }, { v: 'v1' }])('is not read from %j', (value) => {
    expect(encryptedFileIn(value)).toBeUndefined();
  });
});
