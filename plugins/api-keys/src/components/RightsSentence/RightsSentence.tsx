import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useEntityPresentation } from '@backstage/plugin-catalog-react';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { useRightsWords } from '../../hooks/useRightsWords';
import { apiKeysTranslationRef } from '../../translation';

/** What a key may do, in one sentence. */
export const RightsSentence = (props: {
  restrictions: ApiKey['accessRestrictions'];
  /** Entity ref: whose key it is. */
  owner: string;
  isMine: boolean;
  /** Ids of plugins that the policy forbids to all keys. */
  forbidden?: readonly string[];
}) => {
  const { restrictions, isMine, forbidden } = props;
  const { t } = useTranslationRef(apiKeysTranslationRef);
  const { primaryTitle: owner } = useEntityPresentation(props.owner);
  const { sentenceOf } = useRightsWords();
  const everything = isMine
    ? t('rightsSentence.everything')
    : t('rightsSentence.ownerEverything', { owner });
  return <>{sentenceOf(restrictions, everything, forbidden)}</>;
};
