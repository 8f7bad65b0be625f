import { join } from 'node:path';
import { createOutside, type Outside, refusal } from './outside';

const FINDINGS = `CVE-2026-0001 CRITICAL openssl 3.0.1 3.0.2
CVE-2026-0002 HIGH zlib 1.2
CVE-2026-0003 LOW bash 5.1 5.2
`;

async function prepared(findings = FINDINGS): Promise<Outside> {
  const outside = createOutside();
  outside.write('Dockerfile', 'FROM scratch\n');
  await outside.run('docker', 'buildx', 'build', '--output', 'type=docker,dest=image.tar', '.');
  outside.write(join(outside.answers, 'trivy-image.findings'), findings);
  return outside;
}

const image = (outside: Outside, ...words: string[]) => outside.run('trivy', 'image', '--input', 'image.tar', ...words);

/** Ids that a scan finds. */
async function found(outside: Outside, ...words: string[]): Promise<string[]> {
  const { stdout } = await image(outside, '--format', 'json', ...words);
  const [{ Vulnerabilities }] = JSON.parse(stdout).Results;
  return Vulnerabilities.map(({ VulnerabilityID }: { VulnerabilityID: string }) => VulnerabilityID.slice(-1));
}

describe('trivy', () => {
  it('finds what was planted, and nothing else', async () => {
    expect(await found(await prepared())).toEqual(['1', '2', '3']);
    expect(await found(await prepared(''))).toEqual([]);
  });

  it('leaves out severities that were not asked for, and what nobody has fixed', async () => {
    const outside = await prepared();
    expect(await found(outside, '--severity', 'HIGH,CRITICAL')).toEqual(['1', '2']);
    expect(await found(outside, '--ignore-unfixed')).toEqual(['1', '3']);
    expect(await image(outside, '--severity', 'HIGH,SEVERE')).toEqual(refusal('--severity SEVERE'));
  });

  it('ends with the code that it was told to, where anything is left', async () => {
    const outside = await prepared();
    expect((await image(outside, '--exit-code', '10', '--severity', 'HIGH')).exitCode).toBe(10);
    expect((await image(outside, '--exit-code', '10', '--severity', 'MEDIUM')).exitCode).toBe(0);
    expect((await image(outside)).exitCode).toBe(0);
  });

  it('honours exceptions until their day begins', async () => {
    const outside = await prepared();
    outside.write(
      'accepted.yaml',
      'vulnerabilities:\n  - id: CVE-2026-0001\n    expired_at: 2999-01-01\n  - id: CVE-2026-0002\n    expired_at: 2020-01-01\n  - id: CVE-2026-0003\n',
    );
    expect(await found(outside, '--ignorefile', 'accepted.yaml')).toEqual(['2']);
    await outside.sh('sed -i "s/2999-01-01/$(date -u +%F)/" accepted.yaml');
    expect(await found(outside, '--ignorefile', 'accepted.yaml')).toEqual(['1', '2']);
  });

  it('reads .trivyignore unasked, a file of YAML only where it is told to', async () => {
    const outside = await prepared();
    outside.write('.trivyignore.yaml', 'vulnerabilities:\n  - id: CVE-2026-0001\n');
    expect(await found(outside)).toEqual(['1', '2', '3']);
    outside.write(
      '.trivyignore',
      '# accepted\nCVE-2026-0001\nCVE-2026-0002 exp:2999-01-01\nCVE-2026-0003 exp:2020-01-01\n',
    );
    expect(await found(outside)).toEqual(['3']);
  });

  it('writes its report where it is told to', async () => {
    const outside = await prepared();
    await image(outside, '--format', 'sarif', '--output', 'report.sarif');
    expect(JSON.parse(outside.read('report.sarif')).runs[0].results[0]).toMatchObject({
      ruleId: 'CVE-2026-0001',
      level: 'error',
    });
    expect((await image(outside)).stdout).toContain('CVE-2026-0002 HIGH zlib 1.2');
  });

  it('wants an image that is there', async () => {
    const outside = await prepared();
    const missing = await outside.run('trivy', 'image', '--input', 'missing.tar');
    expect([missing.exitCode, missing.stderr]).toEqual([1, expect.stringContaining('open missing.tar: no such file')]);
    expect((await outside.run('trivy', 'image', '--input', 'Dockerfile')).stderr).toContain('manifest.json not found');
    expect(await outside.run('trivy', 'image', 'chat:1')).toEqual(refusal('wants 0 to 0 arguments'));
    expect(await outside.run('trivy', 'image')).toEqual(refusal('image without --input'));
  });

  it('scans folders, with findings of their own', async () => {
    const outside = await prepared();
    outside.write(join(outside.answers, 'trivy-fs.findings'), 'CVE-2026-0009 HIGH left-pad 1.0\n');
    expect((await outside.run('trivy', 'fs', '--exit-code', '3', '.')).exitCode).toBe(3);
    expect((await outside.run('trivy', 'filesystem', '--exit-code', '3', '.')).exitCode).toBe(3);
    expect((await outside.run('trivy', 'fs', 'nowhere')).stderr).toContain('stat nowhere: no such file');
  });
});

describe('hadolint', () => {
  it('wants Dockerfiles that are there, and finds nothing in them', async () => {
    const outside = await prepared();
    expect(await outside.run('hadolint', '--format', 'json', 'Dockerfile')).toMatchObject({
      exitCode: 0,
      stdout: '[]',
    });
    expect((await outside.run('hadolint')).exitCode).toBe(1);
    expect((await outside.run('hadolint', 'Dockerfile', 'other/Dockerfile')).stderr).toContain('other/Dockerfile');
  });
});
