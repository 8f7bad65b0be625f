import { ApiObject, type App, Chart, Yaml } from 'cdk8s';
import { Refused } from '../parse/parse';
import { droppedFields } from './dropped';
import { compareManifests, identity, type Manifest } from './order';

/** One file of `dist/<environment>`. */
export interface ManifestFile {
  /** Path below the environment's folder: the chart's path among the constructs. */
  readonly path: string;
  readonly manifests: readonly Manifest[];
  readonly content: string;
}

/**
 * Renders an app, a file a chart. `App.synth()` resolves the whole graph anew for every chart; this walks it once.
 * @throws Refused where a construct's own validation fails, a class drops a field, or two objects are one and the same.
 */
export function renderApp(app: App): ManifestFile[] {
  const charts = new Map<Chart, Manifest[]>();
  const owners = new Map<string, string>();
  const faults: string[] = [];
  for (const construct of app.node.findAll()) {
    faults.push(...construct.node.validate().map((fault) => `${construct.node.path}: ${fault}`));
    if (!ApiObject.isApiObject(construct)) continue;
    const manifest = construct.toJson() as Manifest;
    faults.push(...silentLosses(construct, manifest));
    const owner = owners.get(identity(manifest));
    if (owner)
      faults.push(`${construct.node.path}: ${identity(manifest)} is rendered by ${owner} already; expected it once`);
    owners.set(identity(manifest), construct.node.path);
    const chart = Chart.of(construct);
    const manifests = charts.get(chart);
    if (manifests) manifests.push(manifest);
    else charts.set(chart, [manifest]);
  }
  if (faults.length > 0) throw new Refused(faults);
  return [...charts].map(([chart, manifests]) => fileOf(chart, manifests.sort(compareManifests)));
}

/** Fields that the object's class left out: misspelt, or of another type than Kubernetes wants. */
function silentLosses(object: ApiObject, manifest: Manifest): string[] {
  const given = ApiObject.prototype.toJson.call(object);
  return [...droppedFields(given, manifest)].map(
    (field) =>
      `${object.node.path}: ${manifest.kind} has no field ${field} of that type; expected a field of its API, spelt and typed as there`,
  );
}

const fileOf = (chart: Chart, manifests: readonly Manifest[]): ManifestFile => ({
  path: `${chart.node.path}.yaml`,
  manifests,
  content: Yaml.stringify(...manifests),
});
