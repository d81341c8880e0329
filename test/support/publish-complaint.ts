import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FilingWindow } from '../../src/contexts/applications/domain/filing-window.js';
import { publishCatalogue, SAMPLE_CATALOGUE } from '../../src/contexts/applications/infrastructure/publish-catalogue.js';
import { type TestApp } from './test-app.js';

/** Publishes a new version of the complaint with other windows; drafts that are begun afterwards follow it. */
export async function publishComplaint(app: TestApp, version: number, windows: readonly FilingWindow[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'catalogue-'));
  try {
    cpSync(SAMPLE_CATALOGUE, folder, { recursive: true });
    const file = join(folder, 'pre-trial-complaint.json');
    const content = JSON.parse(readFileSync(file, 'utf8')) as { form: object };
    writeFileSync(file, JSON.stringify({ ...content, form: { ...content.form, version, windows } }));
    await publishCatalogue(app.sql.pool, folder);
    // Services are remembered for some seconds.
    app.clock.advance(10_000);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
