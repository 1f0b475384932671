import Link from '@material-ui/core/Link';
import { makeStyles } from '@material-ui/core/styles';
import { createContext, useContext } from 'react';
import { AppLink } from '../../routing/AppLink';
import { useTranslation } from '../../translations/useTranslation';
import { trailSearch } from '../filters/trailFilters';

const useStyles = makeStyles(
  { id: { fontFamily: 'monospace', whiteSpace: 'nowrap' } },
  // After those of links.
  { index: 1 },
);

/** Where ids of keys lead, and what to say of that, if it is not to the trail of the key. */
export const KeyLinkTarget = createContext<
  ((id: string) => { to: string; label: string }) | undefined
>(undefined);

type KeyLinkProps = {
  id: string;
  /** It is what is shown already. */
  here?: boolean;
};

/** The start of the id of a key, which is enough to tell keys apart; leads to what happened to that key alone. */
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
