import IconButton from '@material-ui/core/IconButton';
import Menu from '@material-ui/core/Menu';
import MoreVertIcon from '@material-ui/icons/MoreVert';
import { ReactNode, useState } from 'react';

type MenuButtonProps = {
  /** Id of the menu. */
  id: string;
  label: string;
  /** Renders the items. They call `close` when they are chosen. */
  children: (close: () => void) => ReactNode;
};

/** Icon button that opens a menu. */
export function MenuButton(props: MenuButtonProps) {
  const { id, label, children } = props;
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const close = () => setAnchor(null);
  return (
    <>
      <IconButton
        size="small"
        aria-label={label}
        aria-haspopup="menu"
        aria-controls={anchor ? id : undefined}
        aria-expanded={anchor !== null}
        onClick={event => setAnchor(event.currentTarget)}
      >
        <MoreVertIcon fontSize="small" />
      </IconButton>
      <Menu id={id} anchorEl={anchor} open={anchor !== null} onClose={close}>
        {children(close)}
      </Menu>
    </>
  );
}
