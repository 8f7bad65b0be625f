import { prepareDelivery } from '../jenkins/prepare';
import { CRANE } from '../jenkins/programs';
import { SOURCES, type Source } from './programs';

/** What suites find beside the programs that are built for them. */
export interface Prepared {
  /** Folders that go before those of the machine in the PATH. */
  readonly paths: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Suites that one command runs on control planes. */
export interface Suites {
  /** Command, for messages. */
  readonly command: string;
  readonly sources: readonly Source[];
  /** Makes what is not built from source, before the namespaces close the network off. @param run folder of this run. */
  prepare(run: string): Promise<Prepared>;
}

/** By the folder that holds them. */
export const SUITES: Readonly<Record<string, Suites>> = {
  'test/e2e/api': { command: 'e2e:api', sources: SOURCES, prepare: async () => ({ paths: [], env: {} }) },
  'test/e2e/jenkins': { command: 'e2e:jenkins', sources: [...SOURCES, CRANE], prepare: prepareDelivery },
};
