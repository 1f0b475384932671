import { ApiKeyEvent } from 'backstage-plugin-api-keys-common';
import { useTranslation } from '../../translations/useTranslation';
import { KeyTable } from '../list/KeyTable';
import { useTableStyles } from '../list/useTableStyles';
import { TrailRow } from './TrailRow';

const COLUMNS = ['what', 'when', 'key', 'owner', 'by'] as const;
const KEY_PAGE_COLUMNS = ['what', 'when', 'by'] as const;

type TrailTableProps = {
  events: ApiKeyEvent[];
  /** Set while other events are loading. */
  updating: boolean;
  /** Id of the key that the filter selects; empty for none. */
  ofKey: string;
  /** Set on the page of that key. */
  onKeyPage?: boolean;
};

/** Table of events. */
export function TrailTable(props: TrailTableProps) {
  const { events, updating, ofKey, onKeyPage = false } = props;
  const columns = onKeyPage ? KEY_PAGE_COLUMNS : COLUMNS;
  const { t } = useTranslation();
  const { selectCell } = useTableStyles();
  return (
    <KeyTable
      label={t(onKeyPage ? 'keyTrail.label' : 'trail.label')}
      columns={[
        { id: 'details', title: '', className: selectCell },
        ...columns.map(id => ({ id, title: t(`event.${id}`) })),
      ]}
      updating={updating}
    >
      {events.map(event => (
        <TrailRow
          key={event.id}
          event={event}
          isOfKey={event.keyId === ofKey}
          isOfKeyPage={onKeyPage}
          columns={columns.length + 1}
        />
      ))}
    </KeyTable>
  );
}
