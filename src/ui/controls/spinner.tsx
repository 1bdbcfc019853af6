import { LoaderCircle } from "lucide-react";

/** A turning circle; decoration only, so say in words what is going on. */
export function Spinner({ className = "" }: { className?: string }) {
  return (
    <LoaderCircle aria-hidden className={`icon animate-spin ${className}`} />
  );
}
