/** The colours of Linden. Vermilion is missing: in Byline it belongs to the seal. */
export const INK = {
  night: '#141f2c',
  deep: '#22384b',
  slate: '#3d5a6c',
  sea: '#5f8796',
  shallow: '#92b4b6',
  mist: '#cfdcd8',
  foam: '#eef3ef',
} as const;

export const EARTH = {
  paper: '#f8f1e4',
  sand: '#ecdcc0',
  ochre: '#dba84f',
  honey: '#e9c77f',
  clay: '#c4805c',
  brick: '#a5604a',
  rose: '#d3a196',
  umber: '#5e463c',
} as const;

export const LEAF = { moss: '#6f7f57', pine: '#3f5b4c', sage: '#a3b08c' } as const;

/** A gradient from the top to the bottom: each colour and how far down it stands, from 0 to 1. */
export type Shading = readonly (readonly [at: number, colour: string])[];

export const SKIES = {
  dawn: [
    [0, '#8fb0b8'],
    [0.45, '#d6d5c4'],
    [0.75, '#f0cf9b'],
    [1, '#eab384'],
  ],
  day: [
    [0, '#a9c6cb'],
    [0.7, '#dfe7dd'],
    [1, '#f3ead6'],
  ],
  dusk: [
    [0, '#1c3044'],
    [0.5, '#4b6076'],
    [0.8, '#b98d83'],
    [1, '#e3b389'],
  ],
  night: [
    [0, '#0f1926'],
    [0.7, '#22384b'],
    [1, '#3f5a6b'],
  ],
  fog: [
    [0, '#c6d0ce'],
    [1, '#e7e8df'],
  ],
  sepia: [
    [0, '#d8c39b'],
    [1, '#efe0bf'],
  ],
} as const satisfies Readonly<Record<string, Shading>>;
