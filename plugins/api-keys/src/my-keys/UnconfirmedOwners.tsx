import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Alert from '@material-ui/lab/Alert';
import { useState } from 'react';
import { ownerKindOf } from 'backstage-plugin-api-keys-common';
import { ConfirmOwnerDialog } from '../shared/dialogs/ConfirmOwnerDialog';
import { useTranslation } from '../translations/useTranslation';
import { useUnconfirmedOwners } from './useUnconfirmedOwners';

type UnconfirmedOwnersProps = {
  /** Runs after an owner was confirmed. */
  onConfirmed: () => Promise<void>;
};

/** Asks the user to confirm owners who reappeared in the catalog, since their keys are refused until then. */
export function UnconfirmedOwners(props: UnconfirmedOwnersProps) {
  const { onConfirmed } = props;
  const { t } = useTranslation();
  const { owners, refresh } = useUnconfirmedOwners();
  const [asked, setAsked] = useState<string>();
  return (
    <>
      {owners.map(({ owner, keys }) => (
        <Box key={owner} mb={2}>
          <Alert
            severity="warning"
            action={
              <Button
                color="inherit"
                size="small"
                onClick={() => setAsked(owner)}
              >
                {t('confirmOwner.answer')}
              </Button>
            }
          >
            {ownerKindOf(owner) === 'group'
              ? t('confirmOwner.ofGroup', { count: keys, owner })
              : t('confirmOwner.yours', { count: keys, owner })}
          </Alert>
        </Box>
      ))}
      {asked !== undefined && (
        <ConfirmOwnerDialog
          owner={asked}
          onConfirmed={async () => {
            await Promise.all([refresh(), onConfirmed()]);
          }}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  );
}
