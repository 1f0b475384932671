import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  ApiKeyPolicyField,
  ApiKeyPolicyLimits,
} from 'backstage-plugin-api-keys-common';
import { ReactNode } from 'react';
import { useTranslation } from '../../translations/useTranslation';
import { policyEntries } from './policyFields';
import { usePolicyTexts } from './usePolicyTexts';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(130px, max-content) 1fr',
    gap: theme.spacing(1, 2),
    margin: theme.spacing(2, 0, 0),
  },
  name: { color: theme.palette.text.secondary },
  value: { margin: 0, overflowWrap: 'anywhere' },
  // An explanation does not fit beside the name on a narrow screen.
  explained: {
    [theme.breakpoints.down('xs')]: {
      gridTemplateColumns: '1fr',
      rowGap: 0,
      '& dd': { marginBottom: theme.spacing(1) },
    },
  },
}));

type PolicyFactsProps = {
  limits: ApiKeyPolicyLimits;
  /** What to say of a field, given its value in words; that alone if left out. */
  explain?: (field: ApiKeyPolicyField, value: string) => ReactNode;
};

/** A policy in force, field by field. */
export function PolicyFacts(props: PolicyFactsProps) {
  const { limits, explain } = props;
  const { t } = useTranslation();
  const { valueInWords } = usePolicyTexts();
  const classes = useStyles();
  return (
    <Typography
      component="dl"
      variant="body2"
      className={`${classes.root} ${explain ? classes.explained : ''}`}
    >
      {policyEntries(limits).map(({ field, value }) => {
        const words = valueInWords(field, value);
        return (
          // Without a box of its own, so that all share the columns of the list.
          <div key={field} style={{ display: 'contents' }}>
            <dt className={classes.name}>{t(`policyField.${field}`)}</dt>
            <dd className={classes.value}>
              {explain ? explain(field, words) : words}
            </dd>
          </div>
        );
      })}
    </Typography>
  );
}
