import { useTranslation } from '../../translations/useTranslation';
import { KeyTarget } from './keyTarget';

/** Further ones are only counted. */
const NAMED = 3;

type AffectedOwnersProps = { target: KeyTarget };

/** Names the owners of the target keys. */
export function AffectedOwners({ target }: AffectedOwnersProps) {
  const { t } = useTranslation();
  if ('filter' in target) {
    const { owner } = target.filter;
    return (
      <>{owner ? t('bulk.owners', { owners: owner }) : t('bulk.anyOwner')}</>
    );
  }
  const all = [...new Set(target.keys.map(({ owner }) => owner))];
  const owners = all.slice(0, NAMED).join(', ');
  const count = all.length - NAMED;
  return (
    <>
      {count > 0
        ? t('bulk.ownersAndMore', { owners, count })
        : t('bulk.owners', { owners })}
    </>
  );
}
