import { downloadRegister, type RegisterFormat } from '@byline/protocol/byline/register.ts';
import type { Api } from '../api/api.ts';

/** The register of qualified accounts as a file. Throws `ApiError`. */
export const registerFile = (api: Api, format: RegisterFormat): Promise<Blob> =>
  api.download(downloadRegister, { query: { format } });
