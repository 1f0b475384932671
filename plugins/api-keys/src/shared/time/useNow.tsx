import {
  createContext,
  PropsWithChildren,
  useContext,
  useEffect,
  useState,
} from 'react';

const NowContext = createContext<number | undefined>(undefined);

/** Interval of updates of relative times. */
const TICK = 1000;

/** Updates all relative times below it together, without rendering anything else. */
export function NowProvider({ children }: PropsWithChildren<{}>) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK);
    return () => clearInterval(timer);
  }, []);
  return <NowContext.Provider value={now}>{children}</NowContext.Provider>;
}

/** Returns the current time in epoch milliseconds. It ticks inside a {@link NowProvider}. */
export function useNow(): number {
  return useContext(NowContext) ?? Date.now();
}
