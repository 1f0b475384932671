import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ApiKey, isAcceptedStatus } from 'backstage-plugin-api-keys-common';
import { DateTime } from 'luxon';
import { ReactNode } from 'react';
import { durationInWords } from '../shared/time/durations';
import { RelativeTime } from '../shared/time/RelativeTime';
import { OwnerLink } from '../shared/ui/OwnerLink';
import { UserText } from '../shared/ui/UserText';
import { useLocale } from '../translations/useLocale';
import { useTranslation } from '../translations/useTranslation';
import { CopyId } from './CopyId';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'fit-content(40%) 1fr',
    gap: theme.spacing(1, 2),
    margin: 0,
  },
  name: { color: theme.palette.text.secondary },
  value: { margin: 0, minWidth: 0, overflowWrap: 'anywhere' },
  lines: { whiteSpace: 'pre-line' },
  exact: { color: theme.palette.text.secondary },
  help: { color: theme.palette.text.secondary, fontSize: '0.85em' },
}));

type MomentProps = { time: string; past?: boolean };

/** Shows the date in full, since this page has room for it. */
function Moment(props: MomentProps) {
  const locale = useLocale();
  const exact = DateTime.fromISO(props.time)
    .setLocale(locale)
    .toLocaleString(DateTime.DATETIME_MED);
  return (
    <>
      <RelativeTime {...props} />
      <span className={useStyles().exact}>, {exact}</span>
    </>
  );
}

type Fact = {
  id: string;
  name: string;
  value: ReactNode;
  /** Explanation of the value. */
  help?: ReactNode;
};

type KeyFactsProps = { apiKey: ApiKey };

/** Facts about a key, except usage and events. */
export function KeyFacts({ apiKey }: KeyFactsProps) {
  const classes = useStyles();
  return (
    <Typography component="dl" variant="body2" className={classes.root}>
      {useFacts(apiKey).map(({ id, name, value, help }) => (
        // `contents`, so that all rows share the grid of the list.
        <div key={id} style={{ display: 'contents' }}>
          <dt className={classes.name}>{name}</dt>
          <dd className={classes.value}>
            {value}
            {help && <div className={classes.help}>{help}</div>}
          </dd>
        </div>
      ))}
    </Typography>
  );
}

function useFacts(apiKey: ApiKey): Fact[] {
  const { t } = useTranslation();
  const locale = useLocale();
  const classes = useStyles();
  const { status, inactivityTimeout, inactiveAt } = apiKey;
  const works = isAcceptedStatus(status);
  const expiry = apiKey.expiresAt ? (
    <Moment time={apiKey.expiresAt} />
  ) : (
    t('key.noExpiry')
  );
  const facts: (Fact | false)[] = [
    apiKey.description !== null && {
      id: 'description',
      name: t('keyFact.description'),
      value: (
        <UserText className={classes.lines}>{apiKey.description}</UserText>
      ),
    },
    apiKey.revokedAt !== null && {
      id: 'revoked',
      name: t('keyFact.revoked'),
      value: <Moment time={apiKey.revokedAt} past />,
      help: apiKey.revokedReason && t(`reason.${apiKey.revokedReason}`),
    },
    apiKey.revokedBy !== null && {
      id: 'revokedBy',
      name: t('keyFact.revokedBy'),
      value: <OwnerLink owner={apiKey.revokedBy} />,
    },
    status === 'inactive' &&
      inactiveAt !== null && {
        id: 'wentInactive',
        name: t('keyFact.wentInactive'),
        value: <Moment time={inactiveAt} past />,
      },
    {
      id: 'expires',
      name: t('keyFact.expires'),
      // A revoked key no longer expires.
      value: status === 'revoked' ? '—' : expiry,
      help: works && apiKey.expiresAt && t('keyFact.expiresHelp'),
    },
    {
      id: 'inactivity',
      name: t('keyFact.inactivity'),
      value: inactivityTimeout
        ? durationInWords(inactivityTimeout, locale)
        : t('keyFact.inactivityNone'),
      help: works && inactivityTimeout && t('keyFact.inactivityHelp'),
    },
    works &&
      inactiveAt !== null && {
        id: 'goesInactive',
        name: t('keyFact.goesInactive'),
        value: <Moment time={inactiveAt} />,
      },
    {
      id: 'lastUsed',
      name: t('keyFact.lastUsed'),
      value: apiKey.lastUsedAt ? (
        <Moment time={apiKey.lastUsedAt} past />
      ) : (
        t('key.neverUsed')
      ),
      help: (apiKey.lastUsedIp || apiKey.lastUsedUserAgent) && (
        <>
          {apiKey.lastUsedIp && (
            <div>{t('key.fromIp', { ip: apiKey.lastUsedIp })}</div>
          )}
          {apiKey.lastUsedUserAgent && (
            <div>
              <UserText>{apiKey.lastUsedUserAgent}</UserText>
            </div>
          )}
        </>
      ),
    },
    {
      id: 'uses',
      name: t('keyFact.uses'),
      value: new Intl.NumberFormat(locale).format(apiKey.useCount),
    },
    {
      id: 'owner',
      name: t('keyFact.owner'),
      value: <OwnerLink owner={apiKey.owner} />,
    },
    {
      id: 'subject',
      name: t('keyFact.subject'),
      value: <OwnerLink owner={apiKey.subject} />,
    },
    apiKey.ownershipCap !== null && {
      id: 'ownershipCap',
      name: t('keyFact.ownershipCap'),
      value: apiKey.ownershipCap.map(ref => <div key={ref}>{ref}</div>),
      help: t('keyFact.ownershipCapHelp'),
    },
    apiKey.allowedIps !== null && {
      id: 'allowedIps',
      name: t('eventField.allowedIps'),
      value: apiKey.allowedIps.map(ip => <div key={ip}>{ip}</div>),
    },
    {
      id: 'createdAt',
      name: t('keyFact.createdAt'),
      value: <Moment time={apiKey.createdAt} past />,
    },
    {
      id: 'createdBy',
      name: t('keyFact.createdBy'),
      value: <OwnerLink owner={apiKey.createdBy} />,
    },
    { id: 'id', name: t('keyFact.id'), value: <CopyId id={apiKey.id} /> },
  ];
  return facts.filter(fact => fact !== false);
}
