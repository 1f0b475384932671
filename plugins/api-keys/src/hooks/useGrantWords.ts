import { Grant } from '../lib/restrictions';
import { useRightsWords } from './useRightsWords';
import { useTexts } from './useTexts';

/** Says in words what a key may do in one plugin. Single permissions are to be listed beside that. */
export function useGrantWords(): (grant: Grant) => string {
  const { t } = useTexts();
  const { actionsInWords } = useRightsWords();
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
      default:
        return grant.actions
          ? t('keyRights.permissionsFor', {
              actions: actionsInWords(grant.actions),
            })
          : t('keyRights.permissions');
    }
  };
}
