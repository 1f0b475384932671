import Typography from '@material-ui/core/Typography';
import { useTexts } from '../../hooks/useTexts';
import { CONCERNS } from '../../lib/concerns';
import { ConcernCard } from './ConcernCard';

/** What an admin should look at, most urgent first, with what to do about it. */
export const Attention = (props: {
  /** Runs after something was done about a key. */
  onChanged: () => Promise<void>;
}) => {
  const { t } = useTexts();
  return (
    <>
      <Typography variant="body1" paragraph>
        {t('attention.intro')}
      </Typography>
      {CONCERNS.map(concern => (
        <ConcernCard
          key={concern.id}
          concern={concern}
          onChanged={props.onChanged}
        />
      ))}
    </>
  );
};
