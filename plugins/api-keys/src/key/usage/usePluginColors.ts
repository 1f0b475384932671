import { useTheme } from '@material-ui/core/styles';
import { PluginUses } from './keyUsage';

/** Each has a contrast of at least 3:1 with the background. They differ in lightness for colour-blind readers. */
const COLORS = {
  light: ['#1a56b0', '#c2570c', '#0f766e', '#8b3fc4', '#8a6d00', '#be185d'],
  dark: ['#8ab4f8', '#f9ab5f', '#5fd3bc', '#cfa6ff', '#e8d26a', '#ff93b8'],
};
const OTHERS = { light: '#6b6b6b', dark: '#b8b8b8' };

/** Returns the colour of a plugin by its rank in the chart. */
export function usePluginColors(
  plugins: readonly PluginUses[],
): (plugin: string | null) => string {
  const { type } = useTheme().palette;
  return plugin => {
    const place = plugins.findIndex(each => each.plugin === plugin);
    return plugin === null ? OTHERS[type] : COLORS[type][place];
  };
}
