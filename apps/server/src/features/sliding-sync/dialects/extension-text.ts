import { tokenOf } from '@byline/protocol/matrix/token.ts';
import { objectText } from '../../sync/service.ts';
import type { ExtensionResults } from '../answer.ts';

/** What extensions tell, as JSON; the same in both dialects. `undefined`: nothing. */
export const extensionsText = (results: ExtensionResults): string | undefined => {
  const text = objectText([
    ['to_device', toDeviceText(results)],
    ['e2ee', e2eeText(results)],
    ['account_data', accountDataText(results)],
    ['receipts', roomsText(results.receipts)],
    ['typing', roomsText(results.typing)],
  ]);
  return text === '{}' ? undefined : text;
};

const toDeviceText = ({ toDevice }: ExtensionResults): string | undefined =>
  toDevice === undefined
    ? undefined
    : `{"next_batch":"${tokenOf(toDevice.nextBatch)}","events":[${toDevice.events.join(',')}]}`;

const e2eeText = ({ e2ee }: ExtensionResults): string | undefined =>
  e2ee === undefined
    ? undefined
    : objectText([
        ['device_lists', e2ee.deviceLists === undefined ? undefined : JSON.stringify(e2ee.deviceLists)],
        ['device_one_time_keys_count', JSON.stringify(e2ee.counts.oneTimeKeys)],
        ['device_unused_fallback_key_types', JSON.stringify(e2ee.counts.unusedFallbackTypes)],
      ]);

const accountDataText = ({ accountData }: ExtensionResults): string | undefined => {
  if (accountData === undefined) return undefined;
  const rooms = [...accountData.rooms].map(([roomId, events]) => [roomId, `[${events.join(',')}]`] as const);
  if (accountData.global.length === 0 && rooms.length === 0) return undefined;
  return objectText([
    ['global', accountData.global.length === 0 ? undefined : `[${accountData.global.join(',')}]`],
    ['rooms', rooms.length === 0 ? undefined : objectText(rooms)],
  ]);
};

const roomsText = (rooms: ReadonlyMap<string, string> | undefined): string | undefined =>
  rooms === undefined || rooms.size === 0 ? undefined : `{"rooms":${objectText([...rooms])}}`;
