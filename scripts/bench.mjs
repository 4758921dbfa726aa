import { launch } from './launch.mjs';

launch('apps/server/bench/main.ts');
