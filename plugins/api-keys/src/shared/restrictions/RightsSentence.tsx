import { useEntityPresentation } from '@backstage/plugin-catalog-react';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { useTranslation } from '../../translations/useTranslation';
import { useRightsTexts } from './useRightsTexts';

type RightsSentenceProps = {
  restrictions: ApiKey['accessRestrictions'];
  /** Entity ref of the owner. */
  owner: string;
  isMine: boolean;
  /** Ids of plugins that the policy forbids. */
  forbidden?: readonly string[];
  /** Titles of the key's scopes; left out if the portal has none. */
  outside?: readonly string[];
};

/** Describes the rights of a key in one sentence. */
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
