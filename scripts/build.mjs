import { buildWeb } from './web.mjs';

buildWeb();
