/** Who lives in Linden, and what the list of sign-ins says of them. */
export const PEOPLE = {
  mira: { name: 'Mira Holm', role: 'reader: begin here' },
  xiaoman: { name: '林小满', role: 'reader, in Chinese' },
  tom: { name: 'Tom Ferrer', role: 'reader' },
  aisha: { name: 'Aisha Rahman', role: 'reader' },
  piet: { name: 'Piet Janssen', role: 'reader, waits for review' },
  xiaoyu: { name: '陈晓雨', role: 'reader, writes for the Courier' },
  jianguo: { name: '王建国', role: 'reader' },
  haiyan: { name: '张海燕', role: 'second reviewer' },
  clara: { name: 'Clara Voss', role: 'publishes as City Hall' },
  ben: { name: 'Ben Adler', role: 'publishes as the Courier' },
  yun: { name: '赵芸 Zhao Yun', role: 'publishes as the clinic' },
  samuel: { name: 'Samuel Okafor', role: 'reviewer' },
  johanna: { name: 'Johanna Brandt', role: 'administrator' },
} as const;

export type PersonId = keyof typeof PEOPLE;

export const EVERYBODY = Object.keys(PEOPLE) as readonly PersonId[];

export const STAFF = { administrator: 'johanna', reviewer: 'samuel', second: 'haiyan' } as const satisfies Record<
  string,
  PersonId
>;

export const passwordOf = (person: PersonId): string => `${person}-of-linden`;

/** Of the reviewers' key file. */
export const PASSPHRASE = 'keep the lighthouse lit';
