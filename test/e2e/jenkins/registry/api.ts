import * as z from 'zod';
import type { Holdings } from './holdings';

/** An account of AWS in one region. */
export interface Account {
  readonly id: string;
  readonly region: string;
  /** `<account>.dkr.ecr.<region>.amazonaws.com` */
  readonly host: string;
}

/** A service's error: name, and what it says. */
export class ServiceError extends Error {
  constructor(
    readonly type: string,
    message: string,
  ) {
    super(message);
  }
}

/** One call: validates its fields, answers. */
type Operation = (fields: unknown) => Record<string, unknown>;

const repositoryName = z.string().regex(/^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/);
/** Whose registry; the caller's own where it is left out. */
const registryId = z.string().optional();
const TOKEN_LIVES = 12 * 3600;

/** The calls that scripts of the pipeline make, by the last part of X-Amz-Target. A field that is not here is refused. */
export function operationsOf(account: Account, holdings: Holdings): Readonly<Record<string, Operation>> {
  const { id, region, host } = account;

  const find = (name: string) => {
    const repository = holdings.repositories.get(name);
    if (repository) return repository;
    throw new ServiceError(
      'RepositoryNotFoundException',
      `The repository with name '${name}' does not exist in the registry with id '${id}'`,
    );
  };
  const describe = (name: string) => ({
    repositoryArn: `arn:aws:ecr:${region}:${id}:repository/${name}`,
    registryId: id,
    repositoryName: name,
    repositoryUri: `${host}/${name}`,
    imageTagMutability: find(name).immutable ? 'IMMUTABLE' : 'MUTABLE',
  });
  const operation =
    <Fields extends { registryId?: string | undefined }>(
      shape: z.ZodType<Fields>,
      answer: (fields: Fields) => ReturnType<Operation>,
    ): Operation =>
    (fields) => {
      const { success, data, error } = shape.safeParse(fields);
      if (!success) throw new ServiceError('InvalidParameterException', z.prettifyError(error));
      if (data.registryId !== undefined && data.registryId !== id) {
        throw new ServiceError('AccessDeniedException', `registry ${data.registryId} belongs to somebody else`);
      }
      return answer(data);
    };

  return {
    GetAuthorizationToken: operation(z.strictObject({ registryId }), () => ({
      authorizationData: [
        {
          authorizationToken: Buffer.from(`AWS:${holdings.issueToken()}`).toString('base64'),
          expiresAt: Math.floor(Date.now() / 1000) + TOKEN_LIVES,
          proxyEndpoint: `https://${host}`,
        },
      ],
    })),

    DescribeRepositories: operation(
      z.strictObject({ registryId, repositoryNames: z.array(repositoryName).min(1) }),
      ({ repositoryNames }) => ({
        repositories: repositoryNames.map(describe),
      }),
    ),

    CreateRepository: operation(
      z.strictObject({
        registryId,
        repositoryName,
        imageTagMutability: z.enum(['MUTABLE', 'IMMUTABLE']).default('MUTABLE'),
        imageScanningConfiguration: z.strictObject({ scanOnPush: z.boolean() }).optional(),
      }),
      ({ repositoryName: name, imageTagMutability }) => {
        if (holdings.repositories.has(name)) {
          throw new ServiceError(
            'RepositoryAlreadyExistsException',
            `The repository with name '${name}' already exists in the registry with id '${id}'`,
          );
        }
        holdings.repositories.set(name, { immutable: imageTagMutability === 'IMMUTABLE', tags: new Map() });
        return { repository: describe(name) };
      },
    ),

    DescribeImages: operation(
      z.strictObject({
        registryId,
        repositoryName,
        imageIds: z.array(z.strictObject({ imageTag: z.string() })).min(1),
      }),
      ({ repositoryName: name, imageIds }) => ({
        imageDetails: imageIds.map(({ imageTag }) => {
          const imageDigest = find(name).tags.get(imageTag);
          if (imageDigest) return { registryId: id, repositoryName: name, imageDigest, imageTags: [imageTag] };
          throw new ServiceError(
            'ImageNotFoundException',
            `The image with imageId {imageDigest:'null', imageTag:'${imageTag}'} does not exist within the repository with name '${name}' in the registry with id '${id}'`,
          );
        }),
      }),
    ),
  };
}
