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

/** Who owns a key: by name, with a link to the catalog, and by ref, since names are not unique. */
export function OwnerLink({ owner }: OwnerLinkProps) {
  return (
    <>
      <EntityLink entityRef={owner} />
      <div className={useStyles().ref}>{owner}</div>
    </>
  );
}
