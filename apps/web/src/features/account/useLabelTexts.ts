import { type LabelId, LABELS } from '@byline/protocol/byline/labels.ts';
import { useTranslation } from 'react-i18next';

/** What is said of a label, in the language of the screens. */
export function useLabelTexts() {
  const { i18n } = useTranslation();
  return (label: LabelId) => LABELS[label].texts[i18n.language === 'zh-Hans' ? 'zh-Hans' : 'en'];
}
