import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  ref: {
    color: theme.palette.text.secondary,
    fontSize: '0.85em',
    overflowWrap: 'anywhere',
  },
}));

/** Who owns a key: by name, with a link to the catalog, and by ref, since names are not unique. */
export const OwnerLink = ({ owner }: { owner: string }) => (
  <>
    <EntityRefLink entityRef={owner} hideIcon disableTooltip />
    <div className={useStyles().ref}>{owner}</div>
  </>
);
