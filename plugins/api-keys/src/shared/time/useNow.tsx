import {
  createContext,
  PropsWithChildren,
  useContext,
  useEffect,
  useState,
} from 'react';

const NowContext = createContext<number | undefined>(undefined);

/** How often relative times are looked at again, in milliseconds. */
const TICK = 1000;

/** Lets the relative times below it move on, all at the same moment and without rendering anything else. */
export function NowProvider({ children }: PropsWithChildren<{}>) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK);
    return () => clearInterval(timer);
  }, []);
  return <NowContext.Provider value={now}>{children}</NowContext.Provider>;
}

/** The present, in milliseconds since 1970. It ticks inside a {@link NowProvider}. */
export function useNow(): number {
  return useContext(NowContext) ?? Date.now();
}
