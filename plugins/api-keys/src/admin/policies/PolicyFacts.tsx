import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  ApiKeyPolicyField,
  ApiKeyPolicyLimits,
} from 'backstage-plugin-api-keys-common';
import { ReactNode } from 'react';
import { useTranslation } from '../../translations/useTranslation';
import { policyEntries } from './policyFieldSpecs';
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
  // Explanations get a line of their own on narrow screens.
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
  /** Renders a field, given its formatted value. By default, the value alone. */
  explain?: (field: ApiKeyPolicyField, value: string) => ReactNode;
};

/** The fields of a policy in force. */
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
          // `contents`, so that all rows share the grid of the list.
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
