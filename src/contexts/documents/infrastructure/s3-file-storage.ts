import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { bulkhead, circuitBreaker, ConsecutiveBreaker, handleAll } from 'cockatiel';
import { type S3Settings } from '../../../platform/config/file-places.js';
import { FileStorage, isStorageKey } from '../application/ports/file-storage.js';
import { StorageUnavailable } from '../domain/stored-file.errors.js';
import { asRefusal, writeContent } from './write-content.js';

/** Where the product's objects are in the bucket; nothing outside is read or removed. */
const PREFIX = 'files/';
/** Files sent together: each is held in memory whole, three megabytes and a header at most. */
const SENT_AT_ONCE = 8;
const ATTEMPTS = 3;
const CONNECTION_MS = 3000;
/** From the first byte of a request to the head of its answer. */
const REQUEST_MS = 15_000;
/** Without a byte in either direction: also frees the connection of a reader who never began. */
const IDLE_MS = 30_000;
/** Slow readers keep theirs; the SDK's 50 would be few. */
const MAX_CONNECTIONS = 256;
const BREAK_AFTER = 8;
const HALF_OPEN_AFTER_MS = 5000;

interface StoredObject {
  readonly Bucket: string;
  readonly Key: string;
}

/** The object storage understood us and says no: a wrong key, a wrong secret, no such bucket. */
export class StorageRefuses extends Error {}

/**
 * Files in a bucket of an S3-compatible server. S3 wants to know the length of an object before its first byte, the SDK repeats only
 * what it holds in memory, and the pieces of a multipart upload are larger than our files. So an upload goes to a temporary
 * file as it comes (however slowly, and fifty at once), and then with one PUT out of memory, a few at a time. That PUT is
 * atomic: the object is there whole or not at all, and a replaced one is replaced at once.
 */
export class S3FileStorage extends FileStorage {
  private readonly client: S3Client;
  private readonly sending = bulkhead(SENT_AT_ONCE, Infinity);
  private readonly breaker = circuitBreaker(handleAll, {
    halfOpenAfter: HALF_OPEN_AFTER_MS,
    breaker: new ConsecutiveBreaker(BREAK_AFTER),
  });
  private readonly bucket: string;

  /** `incoming` is a folder on a disk, for what is on its way. */
  constructor(
    private readonly settings: S3Settings,
    private readonly incoming: string,
  ) {
    super();
    const { endpoint, region, bucket, accessKeyId, secretAccessKey, forcePathStyle } = settings;
    this.bucket = bucket;
    this.client = new S3Client({
      endpoint,
      region,
      forcePathStyle,
      credentials: { accessKeyId, secretAccessKey },
      maxAttempts: ATTEMPTS,
      // Servers other than Amazon's know neither the newer checksums nor their trailers; the signature covers the content anyway.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      requestHandler: {
        connectionTimeout: CONNECTION_MS,
        requestTimeout: REQUEST_MS,
        throwOnRequestTimeout: true,
        socketTimeout: IDLE_MS,
        httpAgent: { maxSockets: MAX_CONNECTIONS },
        httpsAgent: { maxSockets: MAX_CONNECTIONS },
      },
    });
  }

  override async put(key: string, content: AsyncIterable<Uint8Array>): Promise<number> {
    const object = { Bucket: this.bucket, Key: objectKey(key) };
    try {
      return await this.take(object, content);
    } catch (error) {
      throw asRefusal(error);
    }
  }

  override async read(key: string): Promise<AsyncIterable<Uint8Array> | null> {
    const get = new GetObjectCommand({ Bucket: this.bucket, Key: objectKey(key) });
    const found = await this.ask(() => this.client.send(get).catch(nullIfAbsent));
    return found && chunksOf(found.Body as Readable);
  }

  override async remove(key: string): Promise<void> {
    await this.ask(() => this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: objectKey(key) })));
  }

  override async *keysWrittenBefore(instant: Date): AsyncIterable<string> {
    let token: string | undefined;
    do {
      const list = new ListObjectsV2Command({ Bucket: this.bucket, Prefix: PREFIX, ContinuationToken: token });
      const page = await this.ask(() => this.client.send(list));
      for (const { Key = '', LastModified = new Date() } of page.Contents ?? []) {
        const key = Key.slice(PREFIX.length);
        if (isStorageKey(key) && LastModified < instant) yield key;
      }
      token = page.NextContinuationToken;
    } while (token !== undefined);
  }

  /** Throws StorageRefuses, with what to set, when the settings do not fit; StorageUnavailable when nobody answers. */
  async check(): Promise<void> {
    try {
      await this.client.send(new ListObjectsV2Command({ Bucket: this.bucket, Prefix: PREFIX, MaxKeys: 1 }));
    } catch (error) {
      const { name, $metadata } = error as { name: string; $metadata?: { httpStatusCode?: number } };
      const status = $metadata?.httpStatusCode ?? 500;
      if (status >= 500) throw new StorageUnavailable(error);
      throw new StorageRefuses(`${this.adviceOn(name)} (${this.settings.endpoint} answered ${status} ${name})`);
    }
  }

  /** Closes its connections. */
  close(): void {
    this.client.destroy();
  }

  private async take(object: StoredObject, content: AsyncIterable<Uint8Array>): Promise<number> {
    await using file = await temporaryFile(this.incoming);
    const bytes = await writeContent(file, content);
    await this.sending.execute(async () => {
      const Body = await wholeContent(file, bytes);
      await this.ask(() => this.client.send(new PutObjectCommand({ ...object, Body })));
    });
    return bytes;
  }

  private adviceOn(refusal: string): string {
    switch (refusal) {
      case 'NoSuchBucket':
        return `S3_BUCKET: there is no bucket "${this.bucket}"; make it, or name another`;
      case 'InvalidAccessKeyId':
        return 'S3_ACCESS_KEY_ID is not known there';
      case 'SignatureDoesNotMatch':
        return 'S3_SECRET_ACCESS_KEY does not belong to S3_ACCESS_KEY_ID';
      case 'AccessDenied':
        return `S3_ACCESS_KEY_ID may not list the bucket "${this.bucket}"; it has to list it, and to read, write and delete its objects`;
      default:
        return 'S3_ENDPOINT, S3_REGION, S3_BUCKET or S3_FORCE_PATH_STYLE does not fit';
    }
  }

  private async ask<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await this.breaker.execute(request);
    } catch (error) {
      throw new StorageUnavailable(error);
    }
  }
}

function objectKey(key: string): string {
  if (!isStorageKey(key)) throw new RangeError('Not a storage key');
  return PREFIX + key;
}

/** Without a name, so that it is gone once it is closed, also by a crash. */
async function temporaryFile(folder: string): Promise<FileHandle> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, randomUUID());
  const file = await open(path, 'wx+', 0o600);
  await rm(path);
  return file;
}

async function wholeContent(file: FileHandle, bytes: number): Promise<Buffer> {
  const content = Buffer.allocUnsafe(bytes);
  for (let at = 0; at < bytes;) at += (await file.read(content, at, bytes - at, at)).bytesRead;
  return content;
}

/** No such object is an answer; no such bucket is not. */
function nullIfAbsent(error: unknown): null {
  if (error instanceof NoSuchKey) return null;
  throw error;
}

async function* chunksOf(body: Readable): AsyncIterable<Uint8Array> {
  try {
    yield* body as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw new StorageUnavailable(error);
  }
}
