import Typography from '@material-ui/core/Typography';
import { useTranslation } from '../../translations/useTranslation';
import { AttentionCard } from './AttentionCard';
import { ATTENTION_RULES } from './attentionRules';

type AttentionProps = {
  /** Runs after a key was changed. */
  onChanged: () => Promise<void>;
};

/** The attention rules, most urgent first, each with its keys and actions. */
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
