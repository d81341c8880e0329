import { rename } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import S3rver from '@20minutes/s3rver';
import signature from '@20minutes/s3rver/lib/signature/v4.js';
import FilesystemStore from '@20minutes/s3rver/lib/stores/filesystem.js';

/*
 * A real S3 server out of npm as a program of its own: `node --openssl-legacy-provider s3-server.js <folder> <port> <bucket>`, key id and
 * secret `S3RVER`. It checks signatures. (Its listing tokens are made with DES, which OpenSSL 3 keeps with its legacy algorithms.)
 */

// S3 replaces an object at once; this server writes into the object that is being replaced. Here it keeps S3's promise.
const writeInPlace = FilesystemStore.prototype.putContent;
FilesystemStore.prototype.putContent = async function putContent(objectPath, content) {
  const incoming = `${objectPath}.${randomUUID()}`;
  const written = await writeInPlace.call(this, incoming, content);
  await rename(incoming, objectPath);
  return written;
};

// A path is signed as it was sent; this server forgets the slash that the SDK sends after a bucket's name.
const stringToSign = signature.getStringToSign;
signature.getStringToSign = (request, details) =>
  stringToSign({ ...request, uri: request.uri.replace(/^\/[^/]+$/, '$&/') }, details);

const [directory, port, ...buckets] = process.argv.slice(2);
const server = new S3rver({
  address: '127.0.0.1',
  port: Number(port),
  silent: true,
  directory,
  vhostBuckets: false,
  configureBuckets: buckets.map((name) => ({ name })),
});
await server.run();
process.once('disconnect', () => process.exit());
process.send('ready');
