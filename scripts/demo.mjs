import { launch, SERVER_NODE_OPTIONS } from './launch.mjs';
import { buildWeb } from './web.mjs';

buildWeb();
launch('apps/server/src/demo/main.ts', SERVER_NODE_OPTIONS);
