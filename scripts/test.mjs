import { launch } from './launch.mjs';

launch('scripts/check/test.ts');
