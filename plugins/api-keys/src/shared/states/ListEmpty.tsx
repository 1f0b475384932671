import Button from '@material-ui/core/Button';
import { EmptyState } from './EmptyState';

type ListEmptyProps = {
  filtered: boolean;
  onClear: () => void;
  texts: {
    emptyTitle: string;
    emptyText: string;
    noMatchTitle: string;
    noMatchText: string;
    clear: string;
  };
};

/** Empty state of a list: there are no items, or none matches the filters. */
export function ListEmpty(props: ListEmptyProps) {
  const { filtered, onClear, texts } = props;
  return filtered ? (
    <EmptyState
      title={texts.noMatchTitle}
      text={texts.noMatchText}
      action={
        <Button variant="outlined" onClick={onClear}>
          {texts.clear}
        </Button>
      }
    />
  ) : (
    <EmptyState title={texts.emptyTitle} text={texts.emptyText} />
  );
}
