/** Icon of a key, in the current text colour. It is decorative: add a label where it stands alone. */
export function KeyIcon() {
  return (
    <svg
      width="24"
      height="24"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <circle cx="8" cy="16" r="4.5" />
      <path d="M11.2 12.8 20.5 3.5M16 8l3 3" />
    </svg>
  );
}
