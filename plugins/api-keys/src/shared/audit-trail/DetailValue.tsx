import {
  API_KEY_REFUSAL_REASONS,
  API_KEY_REVOKED_REASONS,
  API_KEY_WARNING_KINDS,
  ApiKeyRefusalReason,
  ApiKeyRevokedReason,
  ApiKeyRotatedBy,
} from 'backstage-plugin-api-keys-common';
import { useLocale } from '../../translations/useLocale';
import { useTranslation } from '../../translations/useTranslation';
import { useRightsTexts } from '../restrictions/useRightsTexts';
import { durationInWords } from '../time/durations';
import { RelativeTime } from '../time/RelativeTime';
import { UserText } from '../ui/UserText';
import { EventDetail } from './eventFields';
import { KeyLink } from './KeyLink';

/** Reasons of denials, beyond those of revocations. */
type UnrevokedReason = Exclude<
  ApiKeyRefusalReason,
  ApiKeyRevokedReason | 'revoked'
>;
const UNREVOKED_REASONS = API_KEY_REFUSAL_REASONS.filter(
  (reason): reason is UnrevokedReason =>
    reason !== 'revoked' && !API_KEY_REVOKED_REASONS.some(r => r === reason),
);

const CAUSES = [
  'rotated-key-reused',
  'secret-scanning',
  'ancestor-revoked',
  'family-leaked',
  'owner-replaced',
] as const;

const ROTATED_BY = [
  'owner',
  'key',
] as const satisfies readonly ApiKeyRotatedBy[];

const SCANNERS = ['github', 'generic'] as const;

type DetailValueProps = { detail: EventDetail };

/** Formatted value of an event detail. */
export function DetailValue({ detail }: DetailValueProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { sentenceOf } = useRightsTexts();
  const { known, value, restrictions } = detail;
  if (restrictions) return <>{sentenceOf(restrictions, '')}</>;
  if (value === null) {
    return (
      <>
        {known?.kind === 'time' ? t('eventField.never') : t('eventField.none')}
      </>
    );
  }
  if (!known) return <UserText>{value}</UserText>;
  switch (known.kind) {
    case 'key':
      return <KeyLink id={value} />;
    case 'time':
      return <RelativeTime time={value} />;
    case 'duration':
      return <>{durationInWords(value, locale)}</>;
    case 'reason': {
      const revoked = API_KEY_REVOKED_REASONS.find(each => each === value);
      if (revoked) return <>{t(`reason.${revoked}`)}</>;
      const other = UNREVOKED_REASONS.find(each => each === value);
      return <>{other ? t(`eventField.reason_${other}`) : value}</>;
    }
    case 'warning': {
      const kind = API_KEY_WARNING_KINDS.find(each => each === value);
      return <>{kind ? t(`eventField.kind_${kind}`) : value}</>;
    }
    case 'cause': {
      const cause = CAUSES.find(each => each === value);
      return <>{cause ? t(`eventField.cause_${cause}`) : value}</>;
    }
    case 'rotatedBy': {
      const who = ROTATED_BY.find(each => each === value);
      return <>{who ? t(`eventField.rotatedBy_${who}`) : value}</>;
    }
    case 'scanner': {
      const scanner = SCANNERS.find(each => each === value);
      return <>{scanner ? t(`eventField.scanner_${scanner}`) : value}</>;
    }
    case 'text':
    case 'list':
    case 'restrictions':
      return <UserText>{value}</UserText>;
    default:
      return known.kind satisfies never;
  }
}
