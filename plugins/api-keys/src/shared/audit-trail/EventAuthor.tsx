import { ApiKeyEvent } from 'backstage-plugin-api-keys-common';
import { useTranslation } from '../../translations/useTranslation';
import { OwnerLink } from '../ui/OwnerLink';
import { authorOf } from './eventDetails';

/** Who did it. */
export const EventAuthor = ({ event }: { event: ApiKeyEvent }) => {
  const { t } = useTranslation();
  const author = authorOf(event);
  return author === 'named' ? (
    <OwnerLink owner={event.actor!} />
  ) : (
    <>{t(`event.author_${author}`)}</>
  );
};
