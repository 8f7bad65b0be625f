import { readCobra, readCommander, readKubectl, readOptparse } from './help';

describe('the help of a program', () => {
  it('is read where cobra wrote it', () => {
    const help = `Start a build

Usage:
  buildx build [OPTIONS] PATH | URL | -

Flags:
      --add-host strings     Add a custom host-to-IP mapping (format: "host:ip")
  -f, --file string          Name of the Dockerfile
                             - "--not-a-flag": of the text above
      --load                 Shorthand for "--output=type=docker"
  -q, --quiet                Suppress the build output
      --generate-default-config

Global Flags:
  -D, --debug   Enable debug logging
`;
    expect(readCobra(help)).toEqual([
      { name: '--add-host', takes: 'VALUE' },
      { name: '--file', short: '-f', takes: 'VALUE' },
      { name: '--load' },
      { name: '--quiet', short: '-q' },
      { name: '--generate-default-config' },
      { name: '--debug', short: '-D' },
    ]);
  });

  it('is no help where it lists no flag', () => {
    expect(() => readCobra('unknown command "buildx"\n')).toThrow('no flag found in: unknown command');
  });

  it('is read where optparse-applicative wrote it', () => {
    const help = `Usage: hadolint [-c|--config FILENAME]
                [--no-fail]

Available options:
  -c,--config FILENAME     Path to the configuration file
  --file-path-in-report FILEPATHINREPORT
                           The file path referenced in the report.
  --no-fail                Don't exit with a failure
  --trusted-registry REGISTRY (e.g. docker.io)
                           A docker registry
`;
    expect(readOptparse(help)).toEqual([
      { name: '--config', short: '-c', takes: 'VALUE' },
      { name: '--file-path-in-report', takes: 'VALUE' },
      { name: '--no-fail' },
      { name: '--trusted-registry', takes: 'VALUE' },
    ]);
  });

  it('is read where commander wrote it, and not below its options', () => {
    const help = `Usage: slipway secrets [options] <environment>

Options:
  --from <folder>       take values from files
  --check               say what is there
  -h, --help            display help for command

  --from     one line break at the end of a file is no part of the value
`;
    expect(readCommander(help)).toEqual([
      { name: '--from', takes: 'VALUE' },
      { name: '--check' },
      { name: '--help', short: '-h' },
    ]);
  });

  it('is read where kubectl wrote it: its defaults say what takes a value', () => {
    const help = `Options:
    --all=false:
	Select all resources

    -f, --filename=[]:
	The files, as in --filename=-

    --dry-run='none':
	Must be "none"
`;
    expect(readKubectl(help)).toEqual([
      { name: '--all' },
      { name: '--filename', short: '-f', takes: 'VALUE' },
      { name: '--dry-run', takes: 'VALUE' },
    ]);
  });
});
