import { randomBytes, randomUUID } from 'node:crypto';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type S3Server, startS3 } from '../../../../test/support/s3.js';
import { bytesOf, streamOf } from '../../../../test/support/sample-files.js';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import { type S3Settings } from '../../../platform/config/file-places.js';
import { StorageUnavailable } from '../domain/stored-file.errors.js';
import { S3FileStorage, StorageRefuses } from './s3-file-storage.js';

const MEGABYTE = 1_048_576;

let s3: S3Server;
let incoming: string;
const closing: (() => unknown)[] = [];
beforeAll(async () => {
  incoming = temporaryFolder('lk-s3-incoming-');
  s3 = await startS3();
}, 30_000);
afterAll(async () => {
  closing.forEach((close) => close());
  await s3.remove();
  rmSync(incoming, { recursive: true, force: true });
});

const storageWith = (changes: Partial<S3Settings> = {}): S3FileStorage => {
  const storage = new S3FileStorage({ ...s3.settings, ...changes }, incoming);
  closing.push(() => storage.close());
  return storage;
};

async function allKeys(storage: S3FileStorage): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of storage.keysWrittenBefore(new Date(Date.now() + 60_000))) keys.push(key);
  return keys;
}

/** A server that answers as it is told, so that its bad days can be had at will. */
async function serverThat(
  answers: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<S3FileStorage> {
  const server: Server = createServer(answers);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  closing.push(
    () => server.closeAllConnections(),
    () => server.close(),
  );
  return storageWith({ endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

describe('A bucket', () => {
  it('is listed page after page, and what is not ours in it is left alone', async () => {
    const storage = storageWith();
    const keys = Array.from({ length: 1002 }, () => randomUUID());
    await Promise.all(keys.map((key) => storage.put(key, streamOf(Buffer.from('x')))));
    const { endpoint, region, forcePathStyle, bucket, ...credentials } = s3.settings;
    const somebody = new S3Client({ endpoint, region, forcePathStyle, credentials });
    for (const Key of ['zz-backup', 'files/report.pdf'])
      await somebody.send(new PutObjectCommand({ Bucket: bucket, Key, Body: 'x' }));
    somebody.destroy();
    expect((await allKeys(storage)).sort()).toEqual(keys.sort());
  });

  it('leaves nothing of an upload on this machine, taken or broken off', async () => {
    const storage = storageWith();
    async function* broken() {
      yield await Promise.resolve(randomBytes(MEGABYTE));
      throw new Error('the line went dead');
    }
    await storage.put(randomUUID(), streamOf(randomBytes(MEGABYTE)));
    await expect(storage.put(randomUUID(), broken())).rejects.toThrow('the line went dead');
    expect(readdirSync(incoming)).toEqual([]);
  });

  it('takes nothing while this machine has no room for what is on its way', async () => {
    const full = join(incoming, 'a-file');
    writeFileSync(full, '');
    const storage = new S3FileStorage(s3.settings, join(full, 'incoming'));
    closing.push(() => storage.close());
    await expect(storage.put(randomUUID(), streamOf(Buffer.from('x')))).rejects.toThrow(StorageUnavailable);
    rmSync(full);
  });

  it('is not left by a key', async () => {
    await expect(storageWith().put('../other', streamOf(Buffer.from('x')))).rejects.toThrow(RangeError);
  });

  it('refuses everything while its server is away, and has everything when it is back', async () => {
    const storage = storageWith();
    const key = randomUUID();
    await storage.put(key, streamOf(Buffer.from('kept')));
    await s3.kill();
    await expect(storage.put(randomUUID(), streamOf(Buffer.from('x')))).rejects.toThrow(StorageUnavailable);
    await expect(storage.read(key)).rejects.toThrow(StorageUnavailable);
    await expect(storage.remove(key)).rejects.toThrow(StorageUnavailable);
    await expect(allKeys(storage)).rejects.toThrow(StorageUnavailable);
    await expect(storage.check()).rejects.toThrow(StorageUnavailable);
    await s3.restart();
    expect((await bytesOf((await storage.read(key))!)).toString()).toBe('kept');
  });

  it.each<[string, Partial<S3Settings>, RegExp]>([
    ['a bucket that is not there', { bucket: 'lk-other' }, /^S3_BUCKET: there is no bucket "lk-other"/],
    ['an unknown key', { accessKeyId: 'WRONG' }, /^S3_ACCESS_KEY_ID is not known there/],
    ['a wrong secret', { secretAccessKey: 'WRONG' }, /^S3_SECRET_ACCESS_KEY does not belong to S3_ACCESS_KEY_ID/],
  ])('tells what to set for %s', async (_case, wrong, advice) => {
    const check = storageWith(wrong).check();
    await expect(check).rejects.toThrow(StorageRefuses);
    await expect(check).rejects.toThrow(advice);
  });

  it('is found right when the settings fit', async () => {
    await expect(storageWith().check()).resolves.toBeUndefined();
  });
});

describe('An object storage on a bad day', () => {
  it('is asked again when it is overloaded', async () => {
    let asked = 0;
    const storage = await serverThat((request, response) => {
      request.resume();
      response.statusCode = (asked += 1) < 3 ? 503 : 200;
      response.end();
    });
    await storage.put(randomUUID(), streamOf(Buffer.from('x')));
    expect(asked).toBe(3);
  });

  it('is not believed when it breaks off in the middle of a file', async () => {
    const storage = await serverThat((_request, response) => {
      response.writeHead(200, { 'content-length': 2 * MEGABYTE });
      response.write(Buffer.alloc(MEGABYTE), () => response.destroy());
    });
    const content = await storage.read(randomUUID());
    await expect(bytesOf(content!)).rejects.toThrow(StorageUnavailable);
  });

  it('does no harm when it breaks off a file that nobody began to read', async () => {
    const storage = await serverThat((request, response) => {
      if (request.method !== 'GET') return response.end();
      response.writeHead(200, { 'content-length': 2 * MEGABYTE });
      return response.write(Buffer.alloc(10), () => response.destroy());
    });
    const content = await storage.read(randomUUID());
    await storage.remove(randomUUID()); // the break has arrived before this answer
    await expect(bytesOf(content!)).rejects.toThrow(StorageUnavailable);
  });

  it('is left in peace for a while when it keeps failing', async () => {
    let asked = 0;
    const storage = await serverThat((_request, response) => {
      asked += 1;
      response.writeHead(403).end();
    });
    for (let i = 0; i < 20; i += 1) await expect(storage.remove(randomUUID())).rejects.toThrow(StorageUnavailable);
    expect(asked).toBeLessThan(20);
  });

  it('gets few of fifty uploads at once, and all of them in the end', async () => {
    let most = 0;
    let received = 0;
    const held: ServerResponse[] = [];
    const storage = await serverThat((request, response) => {
      request.resume().on('end', () => {
        most = Math.max(most, held.push(response));
        received += 1;
        // As many as are let in: the next ones come only when these are answered.
        if (held.length === 8 || received === 50) held.splice(0).forEach((each) => each.end());
      });
    });
    await Promise.all(Array.from({ length: 50 }, () => storage.put(randomUUID(), streamOf(Buffer.alloc(1000)))));
    expect({ most, received }).toEqual({ most: 8, received: 50 });
  });
});
