import { useTranslation } from '../../translations/useTranslation';
import {
  isResponseError,
  isUnexpectedAnswer,
  isUnreachable,
} from '../data/errors';

/** Longer messages are cut: a proxy can respond with an HTML page. */
const LONGEST_MESSAGE = 300;

/** Formats an error, with the backend's message if there is one. */
export function useErrorText(): (error: Error) => string {
  const { t } = useTranslation();
  return error => {
    if (isResponseError(error)) {
      const message = error.cause.message || error.message;
      return message.length > LONGEST_MESSAGE
        ? `${message.slice(0, LONGEST_MESSAGE)}…`
        : message;
    }
    // Does not show the message, which can quote the unreadable response and a secret in it.
    if (isUnexpectedAnswer(error)) return t('error.unexpectedAnswer');
    return t(isUnreachable(error) ? 'error.unreachable' : 'error.unexpected');
  };
}
