import { join } from 'node:path';
import { readPrograms, type Source } from '../api/programs';

/** Talks to registries without an engine: logs in, pushes an archive, asks for a digest; and serves one, in memory. */
export const CRANE: Source = {
  folder: 'crane',
  module: 'github.com/google/go-containerregistry',
  programs: { crane: 'github.com/google/go-containerregistry/cmd/crane' },
};

/** Only asked for its `--help`: building wants a BuildKit daemon. */
export const BUILDX: Source = {
  folder: 'buildx',
  module: 'github.com/docker/buildx',
  programs: { buildx: 'github.com/docker/buildx/cmd/buildx' },
  stamps: { 'github.com/docker/buildx/version.Version': '{version}' },
};

/** Folders of test/e2e/tools that are here for the pipeline. */
export const PIPELINE_TOOLS = ['awscli', BUILDX.folder, CRANE.folder, 'docker-compose'];

/** File of a program, as the cache keeps it; default: the one that the source is named after. */
export const binaryOf = (source: Source, name = source.folder): string => join(readPrograms(source).binaries, name);
