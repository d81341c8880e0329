import { mock } from 'node:test';
import { bytesOf, streamOf } from '../../../../test/support/sample-files.js';
import { FileTooLarge } from '../domain/stored-file.errors.js';
import { type UploadPlace, UploadPlaces } from './upload-places.js';

const LIMIT = 3_145_728;

let places: UploadPlaces;
beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout'] });
  places = new UploadPlaces();
});
afterEach(() => mock.timers.reset());

const takeAll = async (): Promise<UploadPlace[]> => {
  const taken = await Promise.all(Array.from({ length: 6 }, () => places.take()));
  return taken.map((place) => place!);
};

describe('places for uploads', () => {
  it('are six, and the seventh upload gets the first that comes back', async () => {
    const taken = await takeAll();
    expect(new Set(taken).size).toBe(6);
    const seventh = places.take();
    mock.timers.tick(200);
    places.leave(taken[3]!);
    expect(await seventh).toBe(taken[3]);
  });

  it('are waited for as long as they keep coming back', async () => {
    const taken = await takeAll();
    const waiting = [places.take(), places.take(), places.take()];
    for (const place of taken.slice(0, 3)) {
      mock.timers.tick(200);
      places.leave(place);
    }
    expect(await Promise.all(waiting)).toEqual(taken.slice(0, 3));
  });

  it('are not waited for when slow senders hold them all, and are there again afterwards', async () => {
    const taken = await takeAll();
    for (let time = 0; time < 2; time += 1) {
      const waiting = [places.take(), places.take()];
      mock.timers.tick(250);
      expect(await Promise.all(waiting)).toEqual([null, null]);
    }
    places.leave(taken[0]!);
    expect(await places.take()).toBe(taken[0]);
  });

  it('hold one upload after the other, each as it came', async () => {
    const place = (await places.take())!;
    for (const bytes of [Buffer.alloc(LIMIT, 'long'), Buffer.from('short'), Buffer.alloc(0)]) {
      await place.fill(streamOf(bytes, 100_000));
      expect((await bytesOf(place.content())).equals(bytes)).toBe(true);
      expect((await bytesOf(place.content())).equals(bytes)).toBe(true);
    }
  });

  it('take not a byte too many', async () => {
    const place = (await places.take())!;
    await expect(place.fill(streamOf(Buffer.alloc(LIMIT + 1), 100_000))).rejects.toThrow(FileTooLarge);
  });
});
