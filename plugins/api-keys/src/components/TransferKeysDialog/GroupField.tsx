import Box from '@material-ui/core/Box';
import { useTexts } from '../../hooks/useTexts';
import { isGroupRef } from '../../lib/ownerRef';
import { OwnerField } from '../OwnerField';
import { Problem } from '../Problem';

/** Picks the group that is to get keys: from the catalog, or by its ref. */
export const GroupField = (props: {
  value: string;
  onChange: (value: string) => void;
  disabled: boolean;
}) => {
  const { t } = useTexts();
  return (
    <Box mt={2}>
      <OwnerField
        {...props}
        id="api-keys-transfer-group"
        label={t('transfer.group')}
        placeholder={t('transfer.groupHint')}
        groups
      />
      {props.value && !isGroupRef(props.value) && (
        <Problem>{t('transfer.notGroup')}</Problem>
      )}
    </Box>
  );
};
