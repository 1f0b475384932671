import { makeStyles } from '@material-ui/core/styles';
import { ApiKeyEvent } from 'backstage-plugin-api-keys-common';
import { Fragment, ReactNode } from 'react';
import { useLocale } from '../../translations/useLocale';
import { useTranslation } from '../../translations/useTranslation';
import { exactTime } from '../time/formatTime';
import { DetailValue } from './DetailValue';
import { eventDetails } from './eventFields';

const useStyles = makeStyles(theme => ({
  list: {
    display: 'grid',
    gridTemplateColumns: 'fit-content(45%) 1fr',
    gap: theme.spacing(0.5, 2),
    margin: 0,
    maxWidth: 720,
    padding: theme.spacing(1.5),
    lineHeight: 1.43,
    borderRadius: theme.shape.borderRadius,
    border: `1px solid ${theme.palette.divider}`,
    // Keeps the contrast of secondary text on striped rows.
    backgroundColor: theme.palette.background.paper,
  },
  term: { color: theme.palette.text.secondary },
  value: { margin: 0, overflowWrap: 'anywhere' },
  id: { fontFamily: 'monospace' },
}));

type EventDetailsProps = { event: ApiKeyEvent };

/** Details of an event. */
export function EventDetails({ event }: EventDetailsProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const classes = useStyles();
  const entries: [string, ReactNode][] = [
    [t('eventField.time'), exactTime(event.at, locale)],
    ...eventDetails(event.details).map((detail): [string, ReactNode] => [
      detail.known ? t(`eventField.${detail.known.field}`) : detail.field,
      <DetailValue detail={detail} />,
    ]),
    [t('eventField.keyId'), <span className={classes.id}>{event.keyId}</span>],
    [t('eventField.number'), event.id],
  ];
  return (
    <dl className={classes.list} aria-label={t('event.details')}>
      {entries.map(([term, value]) => (
        <Fragment key={term}>
          <dt className={classes.term}>{term}</dt>
          <dd className={classes.value}>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
