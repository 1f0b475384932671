import '@backstage/ui/css/styles.css';
import { createRoot } from 'react-dom/client';
import app from './App';
import './portal.css';

createRoot(document.getElementById('root')!).render(app.createRoot());
