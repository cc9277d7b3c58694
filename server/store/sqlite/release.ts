/**
 * Gives back the memory in which SQLite handed over a value that was copied since. The thread of the log makes
 * so little garbage that it would otherwise wait for hours, and then lie between what is still used. Bytes
 * that share their memory with others are left alone.
 */
export function release(bytes: Uint8Array): void {
  const { buffer } = bytes;
  const isAlone = bytes.length > 0 && bytes.length === buffer.byteLength;
  if (isAlone && buffer instanceof ArrayBuffer) buffer.transfer(0);
}
