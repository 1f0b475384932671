import { isolateText } from 'backstage-plugin-api-keys-common';
import Link from '@material-ui/core/Link';
import { makeStyles } from '@material-ui/core/styles';
import WarningIcon from '@material-ui/icons/ReportProblemOutlined';
import { AppLink } from '../../routing/AppLink';
import { useKeyPaths } from '../../routing/useKeyPaths';
import { KeyName, KeyState } from '../../shared/list/cells';
import { RelativeTime } from '../../shared/time/RelativeTime';
import { useTranslation } from '../../translations/useTranslation';
import { FamilyMember as Member } from './familyLine';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'flex-start',
      gap: theme.spacing(0.5, 3),
      overflowWrap: 'anywhere',
    },
    who: { flex: '1 1 240px', minWidth: 0 },
    state: { flex: '0 1 200px' },
    here: { fontWeight: 600 },
    detail: { color: theme.palette.text.secondary, fontSize: '0.85em' },
    warning: {
      display: 'flex',
      alignItems: 'flex-start',
      gap: theme.spacing(0.5),
      fontWeight: 600,
    },
    icon: { flex: 'none', color: theme.palette.warning.main },
  }),
  // Loads after the styles of links, to override them.
  { index: 1 },
);

type LastUseProps = { member: Member };

function LastUse({ member }: LastUseProps) {
  const { t } = useTranslation();
  const classes = useStyles();
  const { stillUsed, apiKey } = member;
  const { lastUsedAt, lastUsedIp, lastUsedUserAgent } = apiKey;
  if (!lastUsedAt) {
    return <div className={classes.detail}>{t('keyFamily.neverUsed')}</div>;
  }
  const what = stillUsed ? 'stillUsed' : 'lastUsed';
  const when = (
    <RelativeTime
      time={lastUsedAt}
      past
      details={lastUsedUserAgent ? isolateText(lastUsedUserAgent) : undefined}
    />
  );
  const text = lastUsedIp
    ? t(`keyFamily.${what}From`, { when, ip: lastUsedIp })
    : t(`keyFamily.${what}`, { when });
  return stillUsed ? (
    <div className={classes.warning}>
      <WarningIcon fontSize="small" className={classes.icon} />
      <span>{text}</span>
    </div>
  ) : (
    <div className={classes.detail}>{text}</div>
  );
}

type FamilyMemberProps = {
  member: Member;
  /** Set for the key of the page. */
  isHere: boolean;
};

/** One key of a rotation family. */
export function FamilyMember(props: FamilyMemberProps) {
  const { member, isHere } = props;
  const { t } = useTranslation();
  const paths = useKeyPaths();
  const classes = useStyles();
  const { apiKey } = member;
  return (
    <div className={classes.root}>
      <div className={classes.who}>
        {isHere ? (
          <span aria-current="page">
            <KeyName apiKey={apiKey} />{' '}
            <span className={classes.here}>({t('keyFamily.here')})</span>
          </span>
        ) : (
          <Link component={AppLink} to={paths.key(apiKey.id)}>
            <KeyName apiKey={apiKey} />
          </Link>
        )}
        <div className={classes.detail}>
          {t(`keyFamily.${apiKey.rotatedBy === 'key' ? 'madeByKey' : 'made'}`, {
            when: <RelativeTime time={apiKey.createdAt} past />,
          })}
        </div>
        <LastUse member={member} />
      </div>
      <div className={classes.state}>
        <KeyState apiKey={apiKey} />
        {apiKey.revokedReason && (
          <div className={classes.detail}>
            {t(`reason.${apiKey.revokedReason}`)}
          </div>
        )}
      </div>
    </div>
  );
}
