import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { ApiKeyEvent } from 'backstage-plugin-api-keys-common';
import { authorOf } from '../../lib/eventDetails';
import { apiKeysTranslationRef } from '../../translation';
import { OwnerLink } from '../OwnerLink';

/** Who did it. */
export const EventAuthor = ({ event }: { event: ApiKeyEvent }) => {
  const { t } = useTranslationRef(apiKeysTranslationRef);
  const author = authorOf(event);
  return author === 'named' ? (
    <OwnerLink owner={event.actor!} />
  ) : (
    <>{t(`event.author_${author}`)}</>
  );
};
