import { useApi } from '@backstage/core-plugin-api';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import ExpandMoreIcon from '@material-ui/icons/ExpandMore';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { useEffect, useState } from 'react';
import { apiKeysApiRef } from '../api/apiKeysApiRef';
import { useTranslation } from '../translations/useTranslation';
import { DEFAULT_LIST_FILTERS, toApiKeysQuery } from './listQuery';

type EndedKeysProps = {
  search?: string;
  /** A change reloads the count. */
  workingKeys: ApiKey[];
  onShow: () => void;
};

/** Link to ended keys that match the filters, below the working keys. */
export function EndedKeys(props: EndedKeysProps) {
  const { search = '', workingKeys, onShow } = props;
  const { t } = useTranslation();
  const api = useApi(apiKeysApiRef);
  const [count, setCount] = useState(0);

  useEffect(() => {
    let isCurrent = true;
    const { status, q } = toApiKeysQuery({
      ...DEFAULT_LIST_FILTERS,
      group: 'ended',
      search,
    });
    api.listKeys({ status, q, limit: 1 }).then(
      ({ totalItems }) => isCurrent && setCount(totalItems),
      // The list shows the error.
      () => {},
    );
    return () => {
      isCurrent = false;
    };
  }, [api, search, workingKeys]);

  if (count === 0) return null;
  return (
    <Box mt={1} display="flex" justifyContent="center">
      <Button size="small" endIcon={<ExpandMoreIcon />} onClick={onShow}>
        {t('list.showEnded', { count })}
      </Button>
    </Box>
  );
}
