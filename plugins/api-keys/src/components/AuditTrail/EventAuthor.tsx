import { ApiKeyEvent } from 'backstage-plugin-api-keys-common';
import { useTexts } from '../../hooks/useTexts';
import { authorOf } from '../../lib/eventDetails';
import { OwnerLink } from '../OwnerLink';

/** Who did it. */
export const EventAuthor = ({ event }: { event: ApiKeyEvent }) => {
  const { t } = useTexts();
  const author = authorOf(event);
  return author === 'named' ? (
    <OwnerLink owner={event.actor!} />
  ) : (
    <>{t(`event.author_${author}`)}</>
  );
};
