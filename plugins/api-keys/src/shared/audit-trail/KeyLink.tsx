import Link from '@material-ui/core/Link';
import { makeStyles } from '@material-ui/core/styles';
import { createContext, useContext } from 'react';
import { AppLink } from '../../routing/AppLink';
import { useTranslation } from '../../translations/useTranslation';
import { trailSearch } from '../filters/trailFilters';

const useStyles = makeStyles(
  { id: { fontFamily: 'monospace', whiteSpace: 'nowrap' } },
  // Loads after the styles of links, to override them.
  { index: 1 },
);

/** Overrides where ids of keys link to. By default, to the audit trail of the key. */
export const KeyLinkTarget = createContext<
  ((id: string) => { to: string; label: string }) | undefined
>(undefined);

type KeyLinkProps = {
  id: string;
  /** Set if the page shows this key already. */
  here?: boolean;
};

/** Shortened id of a key, with a link to its events. */
export function KeyLink(props: KeyLinkProps) {
  const { id, here } = props;
  const { t } = useTranslation();
  const { id: className } = useStyles();
  const targetOf = useContext(KeyLinkTarget);
  const short = `${id.slice(0, 8)}…`;
  if (here) {
    return (
      <span className={className} title={id}>
        {short}
      </span>
    );
  }
  const { to, label } = targetOf?.(id) ?? {
    to: trailSearch({ keyId: id }),
    label: t('event.sameKey', { id }),
  };
  return (
    <Link
      component={AppLink}
      to={to}
      className={className}
      title={label}
      aria-label={label}
    >
      {short}
    </Link>
  );
}
