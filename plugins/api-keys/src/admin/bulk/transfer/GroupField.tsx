import Box from '@material-ui/core/Box';
import { ownerKindOf } from 'backstage-plugin-api-keys-common';
import { FieldError } from '../../../shared/fields/FieldError';
import { OwnerField } from '../../../shared/fields/OwnerField';
import { useTranslation } from '../../../translations/useTranslation';

type GroupFieldProps = {
  value: string;
  onChange: (value: string) => void;
  disabled: boolean;
};

/** Picks the new owner: a group of the catalog, or a typed entity ref. */
export function GroupField(props: GroupFieldProps) {
  const { t } = useTranslation();
  return (
    <Box mt={2}>
      <OwnerField
        {...props}
        id="api-keys-transfer-group"
        label={t('transfer.group')}
        placeholder={t('transfer.groupHint')}
        groups
      />
      {props.value && ownerKindOf(props.value) !== 'group' && (
        <FieldError>{t('transfer.notGroup')}</FieldError>
      )}
    </Box>
  );
}
