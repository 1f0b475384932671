import { makeStyles } from '@material-ui/core/styles';
import { EntityLink } from './EntityLink';

const useStyles = makeStyles(theme => ({
  ref: {
    color: theme.palette.text.secondary,
    fontSize: '0.85em',
    overflowWrap: 'anywhere',
  },
}));

type OwnerLinkProps = { owner: string };

/** Owner of a key: title with a link, and the ref, since titles are not unique. */
export function OwnerLink({ owner }: OwnerLinkProps) {
  return (
    <>
      <EntityLink entityRef={owner} />
      <div className={useStyles().ref}>{owner}</div>
    </>
  );
}
