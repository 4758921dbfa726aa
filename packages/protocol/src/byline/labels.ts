import { z } from 'zod';
import type { LabelPicture, SubjectKind } from './identity.ts';
import type { Language } from './rules.ts';

/** What readers may rely on beside who somebody is. Each is granted only on evidence of its own. */
export const LABEL_IDS = ['news', 'health', 'government', 'commerce'] as const;
export type LabelId = (typeof LABEL_IDS)[number];
export const LabelId = z.enum(LABEL_IDS);

/** What is said of a label, in one language. */
interface LabelText {
  /** As it stands beside the account. */
  readonly name: string;
  /** What a reader may conclude from it, and what not. */
  readonly means: string;
  /** What the applicant shows for it. */
  readonly evidence: string;
}

export interface Label {
  /** The piece that must be in the case. */
  readonly evidence: LabelPicture;
  /** Who can have it. */
  readonly kinds: readonly SubjectKind[];
  readonly texts: Readonly<Record<Language, LabelText>>;
}

/** A new label is a new entry here, and its piece of evidence one in identity.ts. */
export const LABELS: Readonly<Record<LabelId, Label>> = {
  news: {
    evidence: 'press-licence',
    kinds: ['individual', 'company', 'media', 'other'],
    texts: {
      en: {
        name: 'Licensed to publish news',
        means:
          'A reviewer looked at the licence or the entry in the press register under which this account publishes news. It does not say that a report is right.',
        evidence: 'Press licence, or entry in the press register',
      },
      'zh-Hans': {
        name: '新闻发布资质',
        means: '审核员查看了该账号发布新闻所依据的许可证或新闻登记。这不代表报道内容一定正确。',
        evidence: '新闻信息服务许可证或新闻登记',
      },
    },
  },
  health: {
    evidence: 'health-licence',
    kinds: ['individual', 'company', 'government', 'other'],
    texts: {
      en: {
        name: 'Licensed health service',
        means:
          'A reviewer looked at the licence under which this account treats patients or advises on health. It does not take the place of a visit to a doctor.',
        evidence: 'Licence to practise, or of the health service',
      },
      'zh-Hans': {
        name: '医疗服务资质',
        means: '审核员查看了该账号提供诊疗或健康服务所依据的执业许可。这不能代替就医。',
        evidence: '医疗机构或医师执业许可',
      },
    },
  },
  government: {
    evidence: 'letter-of-office',
    kinds: ['government'],
    texts: {
      en: {
        name: 'Public authority',
        means:
          'A reviewer looked at a letter in which the authority itself says that this account speaks for it. Decisions that concern you still reach you in the way the law sets.',
        evidence: 'Letter of the authority that names this account',
      },
      'zh-Hans': {
        name: '政府机构',
        means: '审核员查看了该机构的公函，其中写明由本账号代表其发言。涉及您个人的决定仍会依法另行送达。',
        evidence: '写明本账号的机构公函',
      },
    },
  },
  commerce: {
    evidence: 'trade-licence',
    kinds: ['individual', 'company', 'media', 'other'],
    texts: {
      en: {
        name: 'Licensed to trade',
        means:
          'A reviewer looked at the licence under which this account sells goods or services. It says nothing about what they are worth.',
        evidence: 'Trade licence for what is sold',
      },
      'zh-Hans': {
        name: '经营资质',
        means: '审核员查看了该账号销售商品或服务所依据的经营许可。这不代表商品或服务的好坏。',
        evidence: '所售商品或服务的经营许可',
      },
    },
  },
};
