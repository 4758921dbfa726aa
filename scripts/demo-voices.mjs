/**
 * Records the demo's voice notes anew: `node scripts/demo-voices.mjs`, on a machine with espeak-ng and ffmpeg.
 * The recordings are kept in the repository, because whoever runs the demo has neither.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './install.mjs';

const ASSETS = join(ROOT, 'apps/server/src/demo/assets');
const WORK = mkdtempSync(join(tmpdir(), 'byline-voices-'));
const SPEECH = 'espeak-ng';
const SOUND = 'ffmpeg';
const PEAKS = 60;
const LOUDEST = 1024;

/** @param {string} voice @param {number} speed @param {number} pitch @param {string} words */
const speech = (voice, speed, pitch, words) => {
  const path = join(WORK, 'speech.wav');
  execFileSync(SPEECH, ['-v', voice, '-s', String(speed), '-p', String(pitch), '-w', path, '--', words]);
  return ['-i', path];
};

/** @param {string} expression of `t`, in seconds @param {number} seconds */
const tone = (expression, seconds) => ['-f', 'lavfi', '-i', `aevalsrc='${expression}':s=48000:d=${seconds}`];

/** A rise, a hold and a fall between two moments. @param {number} from @param {number} to */
const swell = (from, to) => `between(t,${from},${to})*min(1,(t-${from})/0.35)*min(1,(${to}-t)/0.6)`;
const HORN = '0.5*sin(2*PI*98*t)+0.3*sin(2*PI*196*t)+0.22*sin(2*PI*294*t)+0.12*sin(2*PI*392*t)';

/** A plucked note. @param {number} hertz @param {number} from */
const note = (hertz, from) =>
  `gte(t,${from})*exp(-2.2*max(0,t-${from}))*(sin(2*PI*${hertz}*t)+0.45*sin(4*PI*${hertz}*t)+0.2*sin(6*PI*${hertz}*t))`;
const CHORD = [
  [196, 0.2],
  [246.94, 0.9],
  [293.66, 1.6],
  [196, 2.4],
  [246.94, 2.4],
  [293.66, 2.4],
];

const NEAR = 'highpass=f=90,lowpass=f=7000,loudnorm=I=-18';
const AT_SEA =
  '[0:a]highpass=f=110,lowpass=f=6500,apad=pad_dur=0.7[a];anoisesrc=color=brown:seed=7:amplitude=0.5,lowpass=f=700,tremolo=f=0.17:d=0.7,volume=0.16[b];[a][b]amix=duration=first:normalize=0,loudnorm=I=-18';
const FAR =
  '[0:a]lowpass=f=1100,aecho=0.8:0.7:420|760:0.35|0.2[a];anoisesrc=color=brown:seed=3:amplitude=0.5,lowpass=f=600,tremolo=f=0.15:d=0.8,volume=0.14[b];[a][b]amix=duration=first:normalize=0,loudnorm=I=-17';

/** @type {Readonly<Record<string, { source: () => string[], filter: string }>>} */
const VOICES = {
  mayor: {
    source: () =>
      speech(
        'en-gb-x-rp+f3',
        150,
        42,
        'Good evening, Linden. The lighthouse opens its door at eight. Bring a torch, a warm coat, and somebody you like.',
      ),
    filter: NEAR,
  },
  foghorn: {
    source: () => tone(`0.7*(${HORN})*(${swell(0.6, 3.3)}+${swell(4.5, 7.3)})`, 8.6),
    filter: FAR,
  },
  vaccine: {
    source: () =>
      speech('cmn-latn-pinyin+f2', 150, 55, '大家好，这里是港口诊所。流感疫苗到了，上午都可以来，不用预约。'),
    filter: NEAR,
  },
  plums: {
    source: () =>
      speech(
        'en-gb+m3',
        165,
        45,
        'I am at the market. They have small plums and large plums. The cat is sitting on the large ones. Please advise.',
      ),
    filter: AT_SEA,
  },
  cold: {
    source: () => speech('en-gb+f4', 170, 60, 'Fourteen degrees. Fourteen. I can not feel my opinions.'),
    filter: AT_SEA,
  },
  noodles: {
    source: () => speech('cmn-latn-pinyin+f4', 170, 65, '外公，面我放在锅里了，热一下再吃。'),
    filter: NEAR,
  },
  salt: {
    source: () => speech('cmn-latn-pinyin+m2', 145, 35, '收到。面很好吃，就是盐少了一点点。'),
    filter: NEAR,
  },
  pitch: {
    source: () => tone(`0.22*(${CHORD.map(([hertz, from]) => note(hertz ?? 0, from ?? 0)).join('+')})`, 5.2),
    filter: '[0:a]aecho=0.8:0.5:60|95:0.2|0.12,loudnorm=I=-18',
  },
};

/** @param {string} path @returns {{ duration: number, waveform: number[] }} milliseconds, and loudness from 0 to 1024 */
function measure(path) {
  const raw = execFileSync(SOUND, ['-v', 'error', '-i', path, '-f', 's16le', '-ac', '1', '-ar', '48000', '-'], {
    maxBuffer: 64 * 1024 * 1024,
  });
  const samples = new Int16Array(raw.buffer, raw.byteOffset, raw.length / 2);
  const each = Math.ceil(samples.length / PEAKS);
  const peaks = Array.from({ length: PEAKS }, (_, index) => {
    const part = samples.subarray(index * each, (index + 1) * each);
    return Math.sqrt(part.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, part.length));
  });
  const loudest = Math.max(...peaks);
  return {
    duration: Math.round(samples.length / 48),
    waveform: peaks.map((peak) => Math.round((peak / loudest) ** 0.8 * LOUDEST)),
  };
}

/** @type {Record<string, ReturnType<typeof measure>>} */
const measured = {};
for (const [name, { source, filter }] of Object.entries(VOICES)) {
  const path = join(ASSETS, `${name}.ogg`);
  const coding = [
    '-ac',
    '1',
    '-c:a',
    'libopus',
    '-b:a',
    '20k',
    '-application',
    'voip',
    '-flags',
    '+bitexact',
    '-fflags',
    '+bitexact',
  ];
  execFileSync(SOUND, ['-y', '-v', 'error', ...source(), '-filter_complex', filter, ...coding, path]);
  measured[name] = measure(path);
}
writeFileSync(join(ASSETS, 'voice-notes.json'), `${JSON.stringify(measured)}\n`);
rmSync(WORK, { recursive: true });
