import { launch } from './launch.mjs';
import { buildWeb } from './web.mjs';

buildWeb();
launch('apps/server/src/main.ts');
