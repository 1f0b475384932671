import DialogContentText from '@material-ui/core/DialogContentText';
import { makeStyles } from '@material-ui/core/styles';
import { AlsoRevokedApiKeys } from 'backstage-plugin-api-keys-common';
import { useTranslation } from '../../translations/useTranslation';
import { RelativeTime } from '../time/RelativeTime';

/** Further ones are only counted. */
const NAMED = 5;

const useStyles = makeStyles(theme => ({
  list: {
    margin: theme.spacing(-1, 0, 1.5),
    paddingLeft: theme.spacing(2.5),
    color: theme.palette.text.secondary,
    overflowWrap: 'anywhere',
  },
}));

type Ended = AlsoRevokedApiKeys['items'][number];

/** Describes how a key was created in its rotation family. */
function originOf({ predecessorId, rotatedBy }: Ended) {
  if (!predecessorId) return 'family';
  return rotatedBy ?? 'unknown';
}

type AlsoRevokedProps = {
  alsoRevoked: AlsoRevokedApiKeys | undefined;
  /** Set if the keys are revoked already. */
  done?: boolean;
};

/** Lists the keys that a revocation also revokes; nothing if there are none. */
export function AlsoRevoked(props: AlsoRevokedProps) {
  const { alsoRevoked, done } = props;
  const { t } = useTranslation();
  const classes = useStyles();
  const count = alsoRevoked?.totalItems ?? 0;
  if (!alsoRevoked || count === 0) return null;
  const named = alsoRevoked.items.slice(0, NAMED);
  const more = count - named.length;
  return (
    <>
      <DialogContentText>
        {t(done ? 'alsoRevoked.done' : 'alsoRevoked.ends', { count })}
      </DialogContentText>
      <ul className={classes.list}>
        {named.map(key => (
          <li key={key.id}>
            {t(`alsoRevoked.origin_${originOf(key)}`, {
              name: key.name,
              hint: key.hint,
              when: <RelativeTime time={key.createdAt} past />,
            })}
          </li>
        ))}
        {more > 0 && <li>{t('alsoRevoked.andMore', { count: more })}</li>}
      </ul>
    </>
  );
}
