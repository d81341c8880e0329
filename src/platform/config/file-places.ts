export const FILE_PLACES = ['folder', 's3'] as const;

/** `folder`: `files` in the data folder; `s3`: the bucket of `S3_*`. */
export type FilePlace = (typeof FILE_PLACES)[number];

/** How the bucket for files is reached. */
export interface S3Settings {
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly forcePathStyle: boolean;
}

const S3_VARIABLES = ['S3_ENDPOINT', 'S3_REGION', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const;

type StorageVariables = { readonly [name in (typeof S3_VARIABLES)[number]]?: string } & {
  readonly S3_FORCE_PATH_STYLE: 'on' | 'off';
  readonly FILES_IN?: FilePlace;
  readonly FILES_MOVING_FROM?: FilePlace;
};

/** Where files are kept: as said, or in the bucket when there is one. */
export const filesPlace = ({ FILES_IN, S3_BUCKET }: StorageVariables): FilePlace =>
  FILES_IN ?? (S3_BUCKET === undefined ? 'folder' : 's3');

/** Null when no bucket is set. */
export function s3Settings(variables: StorageVariables): S3Settings | null {
  const [endpoint, region, bucket, accessKeyId, secretAccessKey] = S3_VARIABLES.map((name) => variables[name]);
  if (!endpoint || !region || !bucket || !accessKeyId || !secretAccessKey) return null;
  const forcePathStyle = variables.S3_FORCE_PATH_STYLE === 'on';
  return { endpoint, region, bucket, accessKeyId, secretAccessKey, forcePathStyle };
}

/** What is wrong with the variables taken together; each of them is checked by itself before. */
export function storageProblems(variables: StorageVariables): string[] {
  const place = filesPlace(variables);
  const missing = S3_VARIABLES.filter((name) => variables[name] === undefined);
  const needed = missing.length < S3_VARIABLES.length || [place, variables.FILES_MOVING_FROM].includes('s3');
  if (needed && missing.length > 0)
    return [`${missing.join(', ')}: missing; a bucket needs all of ${S3_VARIABLES.join(', ')}`];
  return variables.FILES_MOVING_FROM === place
    ? [`FILES_MOVING_FROM must be another place than FILES_IN (${place})`]
    : [];
}
