/** What the provider says by itself. Nobody's language is known here, so everything is said in both. */

const inBoth = (english: string, chinese: string): string => `${english}\n\n${chinese}`;

const DECIDED = {
  approved: {
    english: 'was approved.',
    chinese: '已通过。',
  },
  refused: {
    english: 'was not approved. You can read the reason in the app, and apply again.',
    chinese: '未通过。您可以在应用中查看原因，并重新申请。',
  },
  'question-asked': {
    english: 'cannot be decided yet: a reviewer has a question for you. You can answer it in the app.',
    chinese: '暂时无法作出决定：审核人员有一个问题。请在应用中回答。',
  },
  'changes-asked': {
    english: 'needs a change. You can read in the app what to change.',
    chinese: '需要修改。您可以在应用中查看需要修改的内容。',
  },
} as const;

/** How a reviewer has decided. */
export type Outcome = keyof typeof DECIDED;

/** An application is decided. `name` is that of the public account; absent: the user applied for themselves. */
export const decidedText = (outcome: Outcome, name: string | undefined, url: string): string => {
  const { english, chinese } = DECIDED[outcome];
  return name === undefined
    ? inBoth(`Your application ${english} ${url}`, `您的申请${chinese}${url}`)
    : inBoth(`Your application for “${name}” ${english} ${url}`, `您为“${name}”提交的申请${chinese}${url}`);
};

/** The provider's policy keeps the user from talking. */
export const blockedText = (url: string): string =>
  inBoth(
    `Here everybody now shows who they are before they talk or publish. You can sign in and read meanwhile. Please apply: ${url}`,
    `现在，所有人需先证明身份才能发言或发布内容。在此期间您仍可登录和阅读。请提交申请：${url}`,
  );

const FIELDS = {
  legal_name: { english: 'legal name', chinese: '真实姓名' },
  document_kind: { english: 'kind of document', chinese: '证件类型' },
  document_number: { english: "document's number", chinese: '证件号码' },
  country: { english: 'country', chinese: '国家或地区' },
} as const;

/** An identity was opened by an order of some authority. It does not say by whom. */
export const openedText = (fields: readonly (keyof typeof FIELDS)[], authority: string, url: string): string => {
  const [english, chinese] = [
    fields.map((field) => FIELDS[field].english).join(', '),
    fields.map((field) => FIELDS[field].chinese).join('、'),
  ];
  return inBoth(
    `Two custodians opened a part of your sealed identity, by an order of: ${authority}. What was opened: ${english}. You can read more in the app: ${url}`,
    `两名保管人依据以下机构的命令开启了您的部分封存身份信息：${authority}。开启的内容：${chinese}。您可以在应用中查看详情：${url}`,
  );
};

/** Nobody's time zone is known here, so the day is that of UTC. */
const dayOf = (at: number, language: 'en-GB' | 'zh-Hans'): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(at);

/** Everybody must be verified soon; the user may still talk, because they had an account before. */
export const graceText = (until: number, url: string): string =>
  inBoth(
    `Here everybody now shows who they are before they talk or publish. You had an account before, so you have until ${dayOf(until, 'en-GB')}. Please apply in time: ${url}`,
    `现在，所有人需先证明身份才能发言或发布内容。您此前已有账号，可在${dayOf(until, 'zh-Hans')}之前继续使用。请及时提交申请：${url}`,
  );

/** The verification of a public account ends, or has ended. */
interface Expiry {
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly end: number;
  /** 0: it has ended. */
  readonly days: number;
  readonly renewUrl: string;
}

export const expiryText = ({ name, end, days, renewUrl }: Expiry): string =>
  days === 0
    ? inBoth(
        `The verification of “${name}” has run out on ${dayOf(end, 'en-GB')}, so it can not publish now. Its drafts, posts and subscribers stay. You can renew it here: ${renewUrl}`,
        `“${name}”的认证已于${dayOf(end, 'zh-Hans')}到期，目前无法发布内容。草稿、已发布的内容和关注者都会保留。您可以在这里续期：${renewUrl}`,
      )
    : inBoth(
        `The verification of “${name}” runs out on ${dayOf(end, 'en-GB')}. If nothing has changed, renewing it is one page: ${renewUrl}`,
        `“${name}”的认证将于${dayOf(end, 'zh-Hans')}到期。如果情况没有变化，只需填写一页即可续期：${renewUrl}`,
      );
