import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { ApiKeyEvent } from 'backstage-plugin-api-keys-common';
import { apiKeysTranslationRef } from '../../translation';
import { KeyTable, useTableStyles } from '../KeyTable';
import { TrailRow } from './TrailRow';

const COLUMNS = ['what', 'when', 'key', 'owner', 'by'] as const;

/** Events, one in a row. */
export const TrailTable = (props: {
  events: ApiKeyEvent[];
  /** Other events are on their way. */
  updating: boolean;
  /** The id of the key that all of them are of, if that was asked for. */
  ofKey: string;
}) => {
  const { events, updating, ofKey } = props;
  const { t } = useTranslationRef(apiKeysTranslationRef);
  const { selectCell } = useTableStyles();
  return (
    <KeyTable
      label={t('trail.label')}
      columns={[
        { id: 'details', title: '', className: selectCell },
        ...COLUMNS.map(id => ({ id, title: t(`event.${id}`) })),
      ]}
      updating={updating}
    >
      {events.map(event => (
        <TrailRow
          key={event.id}
          event={event}
          isOfKey={event.keyId === ofKey}
          columns={COLUMNS.length + 1}
        />
      ))}
    </KeyTable>
  );
};
