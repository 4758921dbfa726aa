import { z } from 'zod';
import type { Language } from './rules.ts';

/** What a reviewer says with a template: a decision, or a question to the applicant. */
export const TEMPLATE_USES = ['approve', 'ask-for-changes', 'refuse', 'question'] as const;
export type TemplateUse = (typeof TEMPLATE_USES)[number];

type InBoth = Readonly<Record<Language, string>>;

/** Words that reviewers need often. What an id says never changes in its meaning: decisions of the past cite it. */
export interface ReasonTemplate {
  readonly id: string;
  readonly for: readonly TemplateUse[];
  /** The clause of the provider's rules on which it rests (`Clause` of `rules.ts`). */
  readonly clause: string;
  readonly name: InBoth;
  /** What the applicant reads, in their language. */
  readonly text: InBoth;
}

const TEMPLATES = [
  {
    id: 'in-order',
    for: ['approve'],
    clause: 'known-speaker',
    name: { en: 'It fits', 'zh-Hans': '材料相符' },
    text: {
      en: 'The document is legible, it is valid, and the name in it is the one that was given.',
      'zh-Hans': '证件清晰、有效，证件上的名称与所填一致。',
    },
  },
  {
    id: 'picture-illegible',
    for: ['ask-for-changes'],
    clause: 'known-speaker',
    name: { en: 'Picture not legible', 'zh-Hans': '照片看不清' },
    text: {
      en: 'The picture of the document cannot be read in all places. Please take it again from straight above, in good light, with all four corners in view.',
      'zh-Hans': '证件照片有些地方看不清。请在光线充足处从正上方重新拍摄，四角都要入镜。',
    },
  },
  {
    id: 'name-differs',
    for: ['ask-for-changes'],
    clause: 'known-speaker',
    name: { en: 'Name differs', 'zh-Hans': '名称不一致' },
    text: {
      en: 'The name that was given is not the one in the document. Please write it exactly as it stands there.',
      'zh-Hans': '所填名称与证件上的不一致。请按证件上的写法填写。',
    },
  },
  {
    id: 'other-document',
    for: ['ask-for-changes'],
    clause: 'known-speaker',
    name: { en: 'Another document', 'zh-Hans': '需要其他证件' },
    text: {
      en: 'This document does not prove who speaks here. Please show one of those that the form names.',
      'zh-Hans': '这份证件不能证明发言者的身份。请提交表单中列出的证件。',
    },
  },
  {
    id: 'description-unclear',
    for: ['ask-for-changes'],
    clause: 'honest-posts',
    name: { en: 'Description unclear', 'zh-Hans': '简介不清楚' },
    text: {
      en: 'Readers cannot tell from the description who speaks here. Please say so in the first sentence.',
      'zh-Hans': '读者从简介中看不出是谁在发言。请在第一句说明。',
    },
  },
  {
    id: 'name-of-another',
    for: ['refuse'],
    clause: 'known-speaker',
    name: { en: "Somebody else's name", 'zh-Hans': '他人的名称' },
    text: {
      en: 'The name of the account belongs to somebody else, so readers could be misled. You can apply again with a name of your own.',
      'zh-Hans': '账号名称属于他人，可能误导读者。您可以换用自己的名称重新申请。',
    },
  },
  {
    id: 'no-authority',
    for: ['refuse'],
    clause: 'known-speaker',
    name: { en: 'May not speak for it', 'zh-Hans': '无权代表该机构' },
    text: {
      en: 'The document does not show that you may speak for this organisation. You can apply again with a letter in which it says so.',
      'zh-Hans': '证件不能说明您有权代表该机构。您可以附上该机构的授权函重新申请。',
    },
  },
  {
    id: 'not-genuine',
    for: ['refuse'],
    clause: 'known-speaker',
    name: { en: 'Not genuine', 'zh-Hans': '证件不符' },
    text: {
      en: 'The document does not agree with what its issuer says of it. If this is an error, please ask the issuer for a new one and apply again.',
      'zh-Hans': '证件与签发机构所述不符。如有误，请向签发机构申领新的证件后重新申请。',
    },
  },
  {
    id: 'ask-role',
    for: ['question'],
    clause: 'known-speaker',
    name: { en: 'Your role', 'zh-Hans': '您的职务' },
    text: {
      en: 'In which role do you speak for this organisation, and who there can confirm it?',
      'zh-Hans': '您以什么职务代表该机构发言？该机构由谁可以确认？',
    },
  },
  {
    id: 'ask-number',
    for: ['question'],
    clause: 'known-speaker',
    name: { en: 'Number of the document', 'zh-Hans': '证件号码' },
    text: {
      en: 'The number of your document cannot be read with certainty. Please write it here once more.',
      'zh-Hans': '您的证件号码无法看清。请在此再写一次。',
    },
  },
  {
    id: 'ask-difference',
    for: ['question'],
    clause: 'known-speaker',
    name: { en: 'Two names', 'zh-Hans': '两个名称' },
    text: {
      en: 'The name in your document and the name of the account differ. How do they belong together?',
      'zh-Hans': '证件上的名称与账号名称不同。两者是什么关系？',
    },
  },
] as const satisfies readonly ReasonTemplate[];

export const REASON_TEMPLATES: readonly (ReasonTemplate & { readonly id: TemplateId })[] = TEMPLATES;

export type TemplateId = (typeof TEMPLATES)[number]['id'];
export const TemplateId = z.enum(TEMPLATES.map(({ id }) => id) as [TemplateId, ...TemplateId[]]);

export const templatesFor = (use: TemplateUse): typeof REASON_TEMPLATES =>
  REASON_TEMPLATES.filter((template) => template.for.includes(use));

export const templateOf = (id: TemplateId): ReasonTemplate => {
  const found = REASON_TEMPLATES.find((template) => template.id === id);
  if (found === undefined) throw new Error('There is no such template.');
  return found;
};
