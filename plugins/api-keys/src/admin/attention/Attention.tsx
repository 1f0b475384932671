import Typography from '@material-ui/core/Typography';
import { useTranslation } from '../../translations/useTranslation';
import { AttentionCard } from './AttentionCard';
import { ATTENTION_RULES } from './attentionRules';

type AttentionProps = {
  /** Runs after something was done about a key. */
  onChanged: () => Promise<void>;
};

/** What an admin should look at, most urgent first, with what to do about it. */
export function Attention(props: AttentionProps) {
  const { t } = useTranslation();
  return (
    <>
      <Typography variant="body1" paragraph>
        {t('attention.intro')}
      </Typography>
      {ATTENTION_RULES.map(rule => (
        <AttentionCard key={rule.id} rule={rule} onChanged={props.onChanged} />
      ))}
    </>
  );
}
