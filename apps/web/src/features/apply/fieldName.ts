import type { ParseKeys } from 'i18next';
import { useTranslation } from 'react-i18next';

/** What each field that can be missing is called. */
const NAMES: Readonly<Record<string, ParseKeys<'apply'>>> = {
  kind: 'kind.label',
  name: 'name.label',
  handle: 'handle.label',
  category: 'category.label',
  description: 'description.label',
  'identity.legal_name': 'fields.legalName',
  'identity.document_kind': 'fields.documentKind',
  'identity.document_number': 'fields.documentNumber',
  'identity.country': 'fields.country',
  'evidence.document-front': 'document.pieces.document-front',
  'evidence.document-back': 'document.pieces.document-back',
};

/** Names a field as the form does; what a newer server may ask for besides, by its own name. */
export function useFieldName(): (field: string) => string {
  const { t } = useTranslation('apply');
  return (field) => {
    const key = NAMES[field];
    return key === undefined ? field : t(key);
  };
}
