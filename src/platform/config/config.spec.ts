import { testConfig } from '../../../test/support/test-config.js';
import { InvalidEnvironment } from './config.js';

const S3 = {
  S3_ENDPOINT: 'http://localhost:9000',
  S3_REGION: 'ru-1',
  S3_BUCKET: 'lk-files',
  S3_ACCESS_KEY_ID: 'id',
  S3_SECRET_ACCESS_KEY: 'secret',
};
const config = (variables: Readonly<Record<string, string>> = {}) => testConfig('postgres://none', variables);
const problemsOf = (variables: Readonly<Record<string, string>>): readonly string[] => {
  try {
    config(variables);
    return [];
  } catch (error) {
    if (error instanceof InvalidEnvironment) return error.problems;
    throw error;
  }
};

describe('The settings of files', () => {
  it('keep them in the folder when nothing is said, and in the bucket when there is one', () => {
    expect(config()).toMatchObject({ files: { in: 'folder', movingFrom: null }, s3: null });
    expect(config(S3)).toMatchObject({
      files: { in: 's3', movingFrom: null },
      s3: { endpoint: 'http://localhost:9000', region: 'ru-1', bucket: 'lk-files', forcePathStyle: true },
    });
    expect(config({ ...S3, FILES_IN: 'folder' }).files.in).toBe('folder');
    expect(config({ ...S3, S3_FORCE_PATH_STYLE: 'off' }).s3?.forcePathStyle).toBe(false);
  });

  it('name both places while files are moved, in either direction', () => {
    expect(config({ ...S3, FILES_MOVING_FROM: 'folder' }).files).toEqual({ in: 's3', movingFrom: 'folder' });
    expect(config({ ...S3, FILES_IN: 'folder', FILES_MOVING_FROM: 's3' }).files).toEqual({ in: 'folder', movingFrom: 's3' });
  });

  it.each(Object.keys(S3))('are refused without %s while the others are set', (missing) => {
    const { [missing as keyof typeof S3]: _left, ...others } = S3;
    expect(problemsOf(others)).toEqual([expect.stringMatching(new RegExp(`^${missing}: missing`))]);
  });

  it.each([
    ['a bucket that is not set', { FILES_IN: 's3' }, /^S3_ENDPOINT, .*: missing/],
    ['moving from a bucket that is not set', { FILES_IN: 'folder', FILES_MOVING_FROM: 's3' }, /: missing/],
    ['moving to where they are', { ...S3, FILES_MOVING_FROM: 's3' }, /^FILES_MOVING_FROM must be another place/],
    ['a place that is none', { FILES_IN: 'tape' }, /FILES_IN/],
    ['an endpoint without a protocol', { ...S3, S3_ENDPOINT: 'localhost' }, /S3_ENDPOINT/],
  ])('are refused for %s', (_case, variables: Readonly<Record<string, string>>, problem) => {
    expect(problemsOf(variables)).toEqual([expect.stringMatching(problem)]);
  });
});
