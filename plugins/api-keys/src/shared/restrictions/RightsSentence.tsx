import { useEntityPresentation } from '@backstage/plugin-catalog-react';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { useTranslation } from '../../translations/useTranslation';
import { useRightsTexts } from './useRightsTexts';

type RightsSentenceProps = {
  restrictions: ApiKey['accessRestrictions'];
  /** Entity ref: whose key it is. */
  owner: string;
  isMine: boolean;
  /** Ids of plugins that the policy forbids to all keys. */
  forbidden?: readonly string[];
  /** What the key's scopes are called; left out where nobody knows of scopes. */
  outside?: readonly string[];
};

/** What a key may do, in one sentence. */
export function RightsSentence(props: RightsSentenceProps) {
  const { restrictions, isMine, forbidden, outside } = props;
  const { t } = useTranslation();
  const { primaryTitle: owner } = useEntityPresentation(props.owner);
  const { sentenceOf } = useRightsTexts();
  const where = outside ? 'Inside' : '';
  const everything = isMine
    ? t(`rightsSentence.everything${where}`)
    : t(`rightsSentence.ownerEverything${where}`, { owner });
  return <>{sentenceOf(restrictions, everything, forbidden, outside)}</>;
}
