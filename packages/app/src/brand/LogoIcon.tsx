import { useId } from 'react';

/** Key of the portal, as in public/favicon.svg. Decorative: the name of the portal is next to it. */
export function LogoIcon({ size }: { size: number }) {
  // Several icons on a page must not share the id of the gradient.
  const gradient = useId();
  return (
    <svg width={size} height={size} viewBox="0 0 64 64" aria-hidden>
      <defs>
        <linearGradient id={gradient} x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor="#2563eb" />
          <stop offset="1" stopColor="#0d9488" />
        </linearGradient>
      </defs>
      <rect width="64" height="64" rx="16" fill={`url(#${gradient})`} />
      <g
        fill="none"
        stroke="#fff"
        strokeWidth="6"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        <circle cx="24" cy="24" r="10" />
        <path d="M31.5 31.5 50 50M44 44l5.5-5.5" />
      </g>
    </svg>
  );
}
