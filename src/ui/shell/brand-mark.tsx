/** Tollkeeper's mark: a gate whose arm is up. Takes the colour of the text round it. */
export function BrandMark({ className = "h-5 w-5" }: { className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 24 24" fill="none" className={className}>
      <rect x="3" y="9" width="6" height="12" rx="1.5" fill="currentColor" />
      <path
        d="M6 10.5 20 4"
        stroke="currentColor"
        strokeWidth="3"
        strokeLinecap="round"
      />
      <path
        d="M13.5 21v-6M19 21v-6"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        opacity="0.45"
      />
    </svg>
  );
}
