import { launch } from './launch.mjs';

launch('apps/server/src/cli/main.ts');
