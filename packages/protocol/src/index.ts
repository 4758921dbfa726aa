export * from './errors.ts';
export * from './event.ts';
export * from './ids.ts';
export * from './json.ts';
export * from './operation.ts';
