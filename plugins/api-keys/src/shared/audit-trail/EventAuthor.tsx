import { ApiKeyEvent } from 'backstage-plugin-api-keys-common';
import { useTranslation } from '../../translations/useTranslation';
import { OwnerLink } from '../ui/OwnerLink';
import { authorOf } from './eventFields';

type EventAuthorProps = { event: ApiKeyEvent };

/** The actor of an event. */
export function EventAuthor({ event }: EventAuthorProps) {
  const { t } = useTranslation();
  const author = authorOf(event);
  return author === 'named' ? (
    <OwnerLink owner={event.actor!} />
  ) : (
    <>{t(`event.author_${author}`)}</>
  );
}
