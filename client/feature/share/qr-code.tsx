import { create } from "qrcode";
import { useMemo } from "react";
import { squares } from "./qr-path.ts";

/** Quiet zone around the code, in modules; readers want four. */
const QUIET = 4;

/** A QR code, always dark on white, because many readers fail on the reverse. `size` in CSS pixels. */
export function QrCode({ text, size, label }: { text: string; size: number | string; label: string }) {
  const { side, path } = useMemo(() => {
    const { modules } = create(text, { errorCorrectionLevel: "M" });
    return { side: modules.size, path: squares(modules.data, modules.size) };
  }, [text]);
  const whole = side + 2 * QUIET;
  return (
    <svg
      role="img"
      aria-label={label}
      width={size}
      height={size}
      viewBox={`${-QUIET} ${-QUIET} ${whole} ${whole}`}
      shapeRendering="crispEdges"
      style={{ display: "block", borderRadius: "var(--gloss-radius)", forcedColorAdjust: "none" }}
    >
      <rect x={-QUIET} y={-QUIET} width={whole} height={whole} fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  );
}
