import { useTranslation } from '../../translations/useTranslation';
import { Grant } from './restrictions';
import { useRightsTexts } from './useRightsTexts';

/** Formats the rights in one plugin. Single permissions are listed separately. */
export function useGrantTexts(): (grant: Grant) => string {
  const { t } = useTranslation();
  const { actionsInWords } = useRightsTexts();
  return grant => {
    switch (grant.kind) {
      case 'everything':
        return t('rights.grant.everything');
      case 'reading':
        return t('keyRights.reading');
      case 'forbidden':
        return t('keyRights.forbidden');
      case 'actions':
        return t('keyRights.actions', {
          actions: actionsInWords(grant.actions),
        });
      case 'permissions':
        return grant.actions
          ? t('keyRights.permissionsFor', {
              actions: actionsInWords(grant.actions),
            })
          : t('keyRights.permissions');
      default:
        throw new Error(`Unknown grant: ${grant satisfies never}`);
    }
  };
}
