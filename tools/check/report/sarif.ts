import { isAbsolute, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Log, ReportingDescriptor, Result } from 'sarif';
import { version } from '../../../package.json';
import type { Check, Finding } from '../check';
import { showObject } from '../exemptions';
import type { Verdict } from '../run';

/** Verdicts as SARIF 2.1.0, which code hosts show beside the lines of a change. */
export function sarifReport(verdicts: readonly Verdict[], checks: readonly Check[]): Log {
  const results = verdicts.flatMap(({ findings, exempted }) => [
    ...findings.map((finding) => resultOf(finding)),
    ...exempted.map(({ finding, exemption }) => ({
      ...resultOf(finding),
      suppressions: [{ kind: 'external' as const, justification: exemption.reason }],
    })),
  ]);
  const notifications = verdicts.flatMap(({ folder, unanswered }) =>
    unanswered.map(({ check, reason }) => ({
      level: 'warning' as const,
      message: { text: `${folder}: not judged: ${reason}` },
      associatedRule: { id: check },
    })),
  );
  return {
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'slipway check', version, rules: checks.map(ruleOf) } },
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: notifications }],
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  };
}

const ruleOf = ({ id, what, why, exempt }: Check): ReportingDescriptor => ({
  id,
  shortDescription: { text: what },
  fullDescription: { text: `${what} ${why}` },
  help: { text: `${why} Exemptions: ${exempt}` },
});

const resultOf = ({ check, object, file, line, path, wrong, right }: Finding): Result => ({
  ruleId: check,
  level: 'error',
  message: { text: `${showObject(object)} ${path}: ${wrong}; expected ${right}` },
  locations: [
    {
      physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: { startLine: line } },
      logicalLocations: [{ fullyQualifiedName: showObject(object) }],
    },
  ],
  // What stays the same when lines move: hosts know a finding by it.
  partialFingerprints: { 'slipway/v1': `${check} ${file} ${showObject(object)} ${path} ${wrong}` },
});

/** A path as a relative reference (RFC 3986). */
const uriOf = (file: string): string =>
  isAbsolute(file) ? pathToFileURL(file).href : file.split(sep).map(encodeURIComponent).join('/');
