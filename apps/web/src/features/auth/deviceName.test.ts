import { expect, it } from 'vitest';
import { deviceName } from './deviceName.ts';

it.each([
  [{ userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' }, 'Byline · Firefox · Linux'],
  [
    {
      userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0',
      userAgentData: { platform: 'Windows', brands: [] },
    },
    'Byline · Edge · Windows',
  ],
  [
    { userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Safari/604.1' },
    'Byline · Safari · iPhone',
  ],
  [{ userAgent: 'something else' }, 'Byline'],
])('%j is %s', (told, name) => expect(deviceName(told)).toBe(name));
