import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { renderCluster } from '../../../../cluster/render';
import { lab } from '../../../../cluster/specs/lab';
import { production } from '../../../../cluster/specs/production';

/** Writes what scripts read, as `slipway synth` would: <folder>/<cluster>/nodes/… */
export function writeClusters(folder: string): void {
  for (const cluster of [lab, production]) {
    for (const { path, content } of renderCluster(cluster)) {
      const file = join(folder, cluster.name, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
  }
}

if (require.main === module) {
  const [folder] = process.argv.slice(2);
  if (!folder) throw new Error('expected the folder to write to');
  writeClusters(folder);
}
