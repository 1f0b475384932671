import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Chip from '@material-ui/core/Chip';
import { makeStyles, Theme } from '@material-ui/core/styles';
import { ApiKeyStatus } from 'backstage-plugin-api-keys-common';
import { apiKeysTranslationRef } from '../../translation';

const useStyles = makeStyles<Theme, { status: ApiKeyStatus }>(theme => {
  const colors: Record<ApiKeyStatus, string> = {
    active: theme.palette.success.main,
    retiring: theme.palette.warning.main,
    inactive: theme.palette.text.disabled,
    expired: theme.palette.text.disabled,
    revoked: theme.palette.error.main,
  };
  return {
    chip: { margin: 0 },
    // The colour is a dot beside the text, so that the text keeps the contrast of text.
    dot: {
      width: 8,
      height: 8,
      borderRadius: '50%',
      marginLeft: theme.spacing(1),
      backgroundColor: ({ status }) => colors[status],
    },
  };
});

/** Tells in colour and in words whether a key works. */
export const StatusChip = ({ status }: { status: ApiKeyStatus }) => {
  const { t } = useTranslationRef(apiKeysTranslationRef);
  const classes = useStyles({ status });
  return (
    <Chip
      className={classes.chip}
      variant="outlined"
      size="small"
      icon={<span className={classes.dot} />}
      label={t(`status.${status}`)}
    />
  );
};
