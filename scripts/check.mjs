import { launch } from './launch.mjs';

launch('scripts/check/main.ts');
