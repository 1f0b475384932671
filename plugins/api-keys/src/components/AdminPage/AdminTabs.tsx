import { Fragment, ReactNode } from 'react';
import { useAdminPaths } from '../../hooks/useAdminPaths';
import { useTexts } from '../../hooks/useTexts';
import { adminRouteRef } from '../../routes';
import { useSubPath } from '../../routing';
import { Attention } from '../Attention';
import { AuditTrail } from '../AuditTrail';
import { DocumentTitle } from '../DocumentTitle';
import { LeakDesk } from '../LeakDesk';
import { OwnerPolicies } from '../OwnerPolicies';
import { RoutedTabs } from '../RoutedTabs';
import { UpcomingWarnings } from '../UpcomingWarnings';

/** The tabs of the page, by their part of the address. The first one has the address of the page. */
export const AdminTabs = (props: {
  inventory: ReactNode;
  onChanged: () => Promise<void>;
}) => {
  const { inventory, onChanged } = props;
  const { t } = useTexts();
  const paths = useAdminPaths();
  const [name] = useSubPath(adminRouteRef);
  const tabs = [
    { name: '', title: t('admin.inventory'), content: inventory },
    {
      name: 'attention',
      title: t('attention.title'),
      content: <Attention onChanged={onChanged} />,
    },
    {
      name: 'warnings',
      title: t('warnings.title'),
      content: <UpcomingWarnings />,
    },
    { name: 'events', title: t('trail.title'), content: <AuditTrail /> },
    {
      name: 'leaks',
      title: t('admin.leakDesk'),
      content: <LeakDesk onChanged={onChanged} />,
    },
    {
      name: 'policies',
      title: t('policies.title'),
      content: <OwnerPolicies />,
    },
  ];
  const selected = tabs.find(tab => tab.name === name) ?? tabs[0];
  return (
    <RoutedTabs
      tabs={tabs.map(tab => ({ ...tab, to: paths.tab(tab.name) }))}
      selected={selected.name}
    >
      <DocumentTitle page="places.adminPage" part={selected.title} />
      {/* Two tabs that are made of the same parts do not share what these remember. */}
      <Fragment key={selected.name}>{selected.content}</Fragment>
    </RoutedTabs>
  );
};
