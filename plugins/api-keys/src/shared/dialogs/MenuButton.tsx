import IconButton from '@material-ui/core/IconButton';
import Menu from '@material-ui/core/Menu';
import MoreVertIcon from '@material-ui/icons/MoreVert';
import { ReactNode, useState } from 'react';

type MenuButtonProps = {
  /** Of the menu, on the page. */
  id: string;
  label: string;
  /** The items, which close the menu when they are chosen. */
  children: (close: () => void) => ReactNode;
};

/** Three dots that open a menu. */
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
