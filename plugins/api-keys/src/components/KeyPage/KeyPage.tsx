import { useParams } from 'react-router-dom';

/** Everything about one key of the user. */
export const KeyPage = () => {
  const { id } = useParams();
  return <>{id}</>;
};
