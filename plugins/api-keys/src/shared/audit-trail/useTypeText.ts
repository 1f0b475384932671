import { API_KEY_EVENT_TYPES } from 'backstage-plugin-api-keys-common';
import { useTranslation } from '../../translations/useTranslation';

/** Formats event types. Unknown types are shown as they are. */
export function useTypeText(): (type: string) => string {
  const { t } = useTranslation();
  return type => {
    const known = API_KEY_EVENT_TYPES.find(each => each === type);
    return known ? t(`event.type_${known}`) : type;
  };
}
