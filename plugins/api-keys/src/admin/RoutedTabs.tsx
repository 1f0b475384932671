import { Content, HeaderTabs } from '@backstage/core-components';
import { ReactNode } from 'react';
import { AppLink } from '../routing/AppLink';

type RoutedTabsProps = {
  tabs: { name: string; title: string; to: string }[];
  /** Name of the selected tab. */
  selected: string;
  children: ReactNode;
};

/** Tabs with one path each, and the content of the selected one. */
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
