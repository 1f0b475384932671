import { useTranslation } from '../../translations/useTranslation';
import {
  isResponseError,
  isUnexpectedAnswer,
  isUnreachable,
} from '../data/errors';

/** A proxy may answer with a page of HTML instead of a sentence. */
const LONGEST_MESSAGE = 300;

/** Says what went wrong, in the words of the backend where it has any. */
export function useErrorText(): (error: Error) => string {
  const { t } = useTranslation();
  return error => {
    if (isResponseError(error)) {
      const message = error.cause.message || error.message;
      return message.length > LONGEST_MESSAGE
        ? `${message.slice(0, LONGEST_MESSAGE)}…`
        : message;
    }
    // Not the message of the error: it may quote an answer that could not be read, and with it a secret.
    if (isUnexpectedAnswer(error)) return t('error.unexpectedAnswer');
    return t(isUnreachable(error) ? 'error.unreachable' : 'error.unexpected');
  };
}
