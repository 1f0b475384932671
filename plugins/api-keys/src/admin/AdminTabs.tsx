import { Fragment, ReactNode } from 'react';
import { adminRouteRef } from '../routing/routes';
import { useAdminPaths } from '../shared/filters/useAdminPaths';
import { useSubPath } from '../routing/useSubPath';
import { AuditTrail } from '../shared/audit-trail/AuditTrail';
import { DocumentTitle } from '../shared/ui/DocumentTitle';
import { useTranslation } from '../translations/useTranslation';
import { Attention } from './attention/Attention';
import { LeakedSecretLookup } from './leaks/LeakedSecretLookup';
import { OwnerPolicies } from './policies/OwnerPolicies';
import { RoutedTabs } from './RoutedTabs';
import { UpcomingWarnings } from './warnings/UpcomingWarnings';

type AdminTabsProps = {
  inventory: ReactNode;
  onChanged: () => Promise<void>;
};

/** The tabs of the page, by their path segment. The first one has the path of the page itself. */
export function AdminTabs(props: AdminTabsProps) {
  const { inventory, onChanged } = props;
  const { t } = useTranslation();
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
      content: <LeakedSecretLookup onChanged={onChanged} />,
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
      {/* Keyed by tab, so that tabs made of the same components do not share state. */}
      <Fragment key={selected.name}>{selected.content}</Fragment>
    </RoutedTabs>
  );
}
