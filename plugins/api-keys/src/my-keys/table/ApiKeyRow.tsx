import Link from '@material-ui/core/Link';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import {
  ApiKey,
  ApiKeysUsage,
  displayText,
  ownerKindOf,
} from 'backstage-plugin-api-keys-common';
import { KeyAction } from '../../key/dialogs/keyActions';
import { OwnKeyMenu } from '../../key/dialogs/OwnKeyMenu';
import { AppLink } from '../../routing/AppLink';
import { useKeyPaths } from '../../routing/useKeyPaths';
import { KeyExpiry, KeyName, KeyState } from '../../shared/list/cells';
import { KeyRestrictions } from '../../shared/list/KeyRestrictions';
import { LabelledCell } from '../../shared/list/LabelledCell';
import { useTableStyles } from '../../shared/list/useTableStyles';
import { RelativeTime } from '../../shared/time/RelativeTime';
import { UserText } from '../../shared/ui/UserText';
import { useTranslation } from '../../translations/useTranslation';
import { ExpiryProgress } from './ExpiryProgress';
import { LastUse } from './LastUse';

type ApiKeyRowProps = {
  apiKey: ApiKey;
  uses?: ApiKeysUsage['items'];
  onAction: (action: KeyAction, apiKey: ApiKey) => void;
};

/** One key of the list. */
export function ApiKeyRow(props: ApiKeyRowProps) {
  const { apiKey, uses, onAction } = props;
  const { t } = useTranslation();
  const paths = useKeyPaths();
  const classes = useTableStyles();
  const { description, owner, createdAt } = apiKey;

  return (
    <TableRow role="row" className={classes.row}>
      <TableCell role="cell" className={`${classes.cell} ${classes.nameCell}`}>
        <Link component={AppLink} to={paths.key(apiKey.id)}>
          <KeyName apiKey={apiKey} />
        </Link>
        {ownerKindOf(owner) === 'group' && (
          <div className={classes.detail}>{t('key.ofTeam', { owner })}</div>
        )}
        {description && (
          <div className={classes.description} title={displayText(description)}>
            <UserText>{description}</UserText>
          </div>
        )}
        <KeyRestrictions apiKey={apiKey} />
      </TableCell>
      <LabelledCell label={t('column.status')}>
        <KeyState apiKey={apiKey} />
      </LabelledCell>
      <LabelledCell label={t('column.created')}>
        <RelativeTime time={createdAt} past />
      </LabelledCell>
      <LabelledCell label={t('column.expires')}>
        <KeyExpiry apiKey={apiKey} />
        <ExpiryProgress apiKey={apiKey} />
      </LabelledCell>
      <LabelledCell label={t('column.lastUsed')}>
        <LastUse apiKey={apiKey} uses={uses} />
      </LabelledCell>
      <TableCell
        role="cell"
        className={`${classes.cell} ${classes.actionsCell}`}
      >
        <OwnKeyMenu apiKey={apiKey} onAction={onAction} />
      </TableCell>
    </TableRow>
  );
}
