export abstract class VirusScanner {
  /** Throws InfectedFile, or ScannerUnavailable when no verdict could be had. NOT_SCANNED is the honest answer without a scanner. */
  abstract scan(content: AsyncIterable<Uint8Array>): Promise<'CLEAN' | 'NOT_SCANNED'>;
}
