import { Content, HeaderTabs } from '@backstage/core-components';
import { ReactNode } from 'react';
import { AppLink } from '../routing/AppLink';

type RoutedTabsProps = {
  tabs: { name: string; title: string; to: string }[];
  /** The name of the tab that is shown. */
  selected: string;
  children: ReactNode;
};

/** The tabs of a page, each with an address of its own, and the content of the one that is selected. */
export function RoutedTabs(props: RoutedTabsProps) {
  const { tabs, selected, children } = props;
  return (
    <>
      <HeaderTabs
        tabs={tabs.map(({ name, title, to }) => ({
          id: name,
          label: title,
          tabProps: { component: AppLink, to },
        }))}
        selectedIndex={tabs.findIndex(({ name }) => name === selected)}
      />
      <Content>{children}</Content>
    </>
  );
}
