import { type ScanState } from '../../domain/stored-file.js';

export abstract class VirusScanner {
  /** Throws InfectedFile, or ScannerUnavailable when no verdict could be had. NOT_SCANNED is the honest answer without a scanner. */
  abstract scan(content: AsyncIterable<Uint8Array>): Promise<ScanState>;
}
